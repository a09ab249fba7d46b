package wide

func AFunctionWithANameThatIsLongerThanWhatAnybodyWouldLikeToType(a, b, c, d, e, f, g, h int) {
}
