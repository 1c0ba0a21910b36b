"""Make of pictures what readers get: small, in several widths, with nothing hidden in them."""
