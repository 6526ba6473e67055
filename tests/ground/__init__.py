"""The test ground: real parts only, started on free ports of 127.0.0.1 and gone when the tests are."""
