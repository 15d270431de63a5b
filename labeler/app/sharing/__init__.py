"""What a team does with copies of a project: merging, handing out and back, backups."""
