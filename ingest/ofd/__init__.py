"""OFD (GB/T 33190-2016): text, drawings and pictures of the official Chinese page format."""
