"""The comparison panel: a prompt or conversation and the responses to it, judged beside each other."""
