"""Say how each published file is served: headers, caching, encodings, and every host's files."""
