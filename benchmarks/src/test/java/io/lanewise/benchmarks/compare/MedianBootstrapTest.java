package io.lanewise.benchmarks.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lanewise.benchmarks.result.Derived;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MedianBootstrapTest {
  @Test
  void byHand() {
    assertEquals(0, MedianBootstrap.variance(7), 0);
    // Of two values 0 and 1 the median is 0 or 1 in a quarter of the draws each, else 1/2.
    assertEquals(0.125, MedianBootstrap.variance(1, 0), 1e-15);
    // Of three, the middle is 1 with probability 13/27, else 0 or 3.
    double mean = 13 / 27.0 + 3 * 7 / 27.0;
    assertEquals(13 / 27.0 + 9 * 7 / 27.0 - mean * mean, MedianBootstrap.variance(3, 0, 1), 1e-14);
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 4, 5, 8, 11})
  void drawingComesToTheSame(int n) {
    Random random = new Random(n);
    double[] values = random.doubles(n).map(Math::log).toArray();
    int draws = 200_000;
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < draws; i++) {
      double median = Derived.median(random.ints(n, 0, n).mapToDouble(at -> values[at]).toArray());
      sum += median;
      squares += median * median;
    }
    double drawn = squares / draws - sum / draws * (sum / draws);
    assertEquals(drawn, MedianBootstrap.variance(values), 0.02 * drawn);
  }
}
