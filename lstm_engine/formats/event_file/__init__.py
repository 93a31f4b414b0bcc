"""TensorBoard's event files, read and written without TensorBoard."""
