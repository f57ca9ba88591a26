package io.meshkeel.bench;

/**
 * How much is measured.
 *
 * @param firstApply VirtualServices of the first apply
 * @param few objects of the small repository
 * @param many objects of the large one
 * @param rounds changes measured at each size
 * @param validate objects that are judged
 */
record Scale(int firstApply, int few, int many, int rounds, int validate) {
  static final Scale FULL = new Scale(1_500, 1_000, 10_000, 40, 9_000);
  static final Scale QUICK = new Scale(150, 100, 1_000, 5, 900);
}
