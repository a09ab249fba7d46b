echo hello >README
