"""The pages: a Litestar application on 127.0.0.1 behind a gate of its own."""
