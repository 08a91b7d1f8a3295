package io.lanewise.training.data;

import java.util.random.RandomGenerator;

/** Orders in which to go through a dataset's images. */
public final class Batches {
  private Batches() {}

  /** The numbers 0 to {@code n - 1} as they come. */
  public static int[] inOrder(int n) {
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      order[i] = i;
    }
    return order;
  }

  /**
   * The numbers 0 to {@code n - 1} in random order, each order as likely as any other: the
   * Fisher-Yates shuffle, from the end. A generator in the same state gives the same order.
   *
   * @param random asked for {@code n - 1} bounded numbers, the bounds going from n down to 2
   */
  public static int[] shuffled(int n, RandomGenerator random) {
    int[] order = inOrder(n);
    for (int i = n - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
    return order;
  }
}
