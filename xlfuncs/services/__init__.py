"""What the product does with workbooks: refresh, batch refresh, simulation and self-test."""
