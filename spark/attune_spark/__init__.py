"""Training past one machine: the modules of spark/train.py. The formats are in docs/adr/0011-past-one-machine.md."""
