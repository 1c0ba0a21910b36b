/* html-validate's own recommended rules, and those for whole documents. Each change has its reason. */
export default {
  root: true,
  extends: ["html-validate:recommended", "html-validate:document"],
  rules: {
    // A box that scrolls sideways is a region with a name, so that a keyboard can reach it; a
    // <section> would be one more part of the article, and those are in its contents.
    "prefer-native-element": ["error", { exclude: ["region"] }],
    // Our own script is named by its content; a hash in the page would guard it once more.
    "require-sri": ["error", { target: "crossorigin" }],
  },
};
