"""The ground floor: the types of a project, their JSON and their checks. No I/O, no Qt."""
