"""What is seen of a session, as pure functions: panels, time cursor, status lines, what-ifs."""
