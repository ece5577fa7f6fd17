"""HTTP requests and responses as the fetcher and the archive keep them."""
