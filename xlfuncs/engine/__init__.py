"""The calculation engine behind one interface: the only folder that imports formualizer."""
