"""What a plan amounts to: figures by which plans are compared, and evidence that reports show. It judges none."""
