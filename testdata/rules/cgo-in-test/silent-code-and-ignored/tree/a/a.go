package a

// int one;
import "C"
