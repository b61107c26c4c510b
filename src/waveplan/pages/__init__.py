"""Reports as one HTML file that needs no network and no script. Facts come from `assessment`, words from `render`."""
