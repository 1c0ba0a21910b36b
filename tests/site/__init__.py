"""The shipped site's output, read apart from the engine that wrote it."""
