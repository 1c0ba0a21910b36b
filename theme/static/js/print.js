// Print the questions when their link is followed, as its words say to do by hand.
document.querySelector(".questions__print a")?.addEventListener("click", () => setTimeout(print, 100));
