package io.lanewise.training.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BatchesTest {
  @Test
  void inOrderCounts() {
    assertArrayEquals(new int[] {0, 1, 2, 3}, Batches.inOrder(4));
    assertArrayEquals(new int[0], Batches.inOrder(0));
  }

  @Test
  void shuffledHoldsEachNumberOnceForAnyGenerator() {
    for (int n : new int[] {0, 1, 2, 17, 1000}) {
      int[] order = Batches.shuffled(n, new SplittableRandom(3));
      Arrays.sort(order);
      assertArrayEquals(Batches.inOrder(n), order);
    }
  }

  @Test
  void sameStateSameOrder() {
    int[] order = Batches.shuffled(100, new Random(5));
    assertArrayEquals(order, Batches.shuffled(100, new Random(5)));
    assertTrue(!Arrays.equals(order, Batches.shuffled(100, new Random(6))));
    assertTrue(!Arrays.equals(order, Batches.inOrder(100)));
  }

  @Test
  void everyOrderIsAsLikely() {
    int rounds = 24_000;
    int[] seen = new int[4 * 4 * 4 * 4];
    Random random = new Random(11);
    for (int i = 0; i < rounds; i++) {
      int[] o = Batches.shuffled(4, random);
      seen[((o[0] * 4 + o[1]) * 4 + o[2]) * 4 + o[3]]++;
    }
    int[] counts = Arrays.stream(seen).filter(c -> c > 0).toArray();
    assertTrue(counts.length == 24, counts.length + " orders");
    for (int c : counts) { // 1000 expected, standard deviation 31
      assertTrue(Math.abs(c - rounds / 24) < 5 * 31, "one order came " + c + " times");
    }
  }
}
