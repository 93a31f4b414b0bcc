"""Models of prices trained side by side: each is a run of its own, and Dask says where and when it trains."""
