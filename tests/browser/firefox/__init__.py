"""The built site in Debian's Firefox, driven by WebDriver BiDi (w3c.github.io/webdriver-bidi)."""
