package io.lanewise.onnx.host;

import io.lanewise.kernels.tensor.Shape;
import io.lanewise.layers.typed.ElementType;
import io.lanewise.layers.typed.TypedTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** TfIdfVectorizer: counts n-grams of a given pool, with gaps, and weighs the counts. */
final class TfIdf {
  private TfIdf() {}

  static List<TypedTensor> vectorise(HostCall call) {
    TypedTensor x = call.input(0);
    int rank = x.shape().rank();
    if (rank < 1 || rank > 2) {
      throw call.wrong("expected [n] or [batch, n], got %s", x);
    }
    long[] places =
        call.node().ints("ngram_indexes").orElseThrow(() -> call.wrong("expected ngram_indexes"));
    int columns = Math.toIntExact(Arrays.stream(places).max().orElse(-1) + 1);
    int rows = rank == 2 ? x.shape().dim(0) : 1;
    int length = x.shape().dim(-1);
    double[] y = new double[Math.multiplyExact(rows, columns)];
    Map<List<Object>, Integer> pool = pool(call, x.type());
    int longest = (int) call.node().intOr("max_gram_length", 1);
    int shortest = (int) call.node().intOr("min_gram_length", 1);
    int gaps = (int) call.node().intOr("max_skip_count", 0);
    for (int row = 0; row < rows; row++) {
      for (int n = shortest; n <= longest; n++) {
        // Single words have nothing to skip between.
        for (int step = 1; step <= (n == 1 ? 1 : gaps + 1); step++) {
          for (int start = 0; start + (n - 1) * step < length; start++) {
            Integer place = pool.get(gram(x, row * length + start, n, step));
            if (place != null) {
              y[row * columns + (int) places[place]]++;
            }
          }
        }
      }
    }
    weigh(call, places, columns, y);
    return Elements.one(
        ElementType.FLOAT, rank == 2 ? Shape.of(rows, columns) : Shape.of(columns), y);
  }

  private static void weigh(HostCall call, long[] places, int columns, double[] y) {
    String mode = call.node().textOr("mode", "TF");
    double[] weights = new double[columns];
    Arrays.fill(weights, 1);
    List<Float> given = call.node().floats("weights").orElse(List.of());
    for (int i = 0; i < given.size(); i++) {
      weights[(int) places[i]] = given.get(i);
    }
    for (int i = 0; i < y.length; i++) {
      double weight = weights[i % columns];
      y[i] =
          switch (mode) {
            case "TF" -> y[i];
            case "IDF" -> y[i] > 0 ? weight : 0;
            case "TFIDF" -> y[i] * weight;
            default -> throw call.wrong("unknown mode '%s'", mode);
          };
    }
  }

  private static List<Object> gram(TypedTensor x, int start, int n, int step) {
    List<Object> gram = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      int at = start + i * step;
      if (x.type() == ElementType.STRING) {
        gram.add(x.strings()[at]);
      } else {
        gram.add(x.longAt(at));
      }
    }
    return gram;
  }

  /** N-grams, the short ones first, with their number in that order. */
  private static Map<List<Object>, Integer> pool(HostCall call, ElementType type) {
    List<Object> words = new ArrayList<>();
    if (type == ElementType.STRING) {
      words.addAll(call.node().texts("pool_strings").orElse(List.of()));
    } else {
      Arrays.stream(call.node().ints("pool_int64s").orElse(new long[0])).forEach(words::add);
    }
    long[] starts =
        call.node().ints("ngram_counts").orElseThrow(() -> call.wrong("expected ngram_counts"));
    Map<List<Object>, Integer> pool = new HashMap<>();
    int count = 0;
    for (int n = 1; n <= starts.length; n++) {
      int end = (int) (n < starts.length ? starts[n] : words.size());
      for (int at = (int) starts[n - 1]; at + n <= end; at += n) {
        pool.put(List.copyOf(words.subList(at, at + n)), count++);
      }
    }
    return pool;
  }
}
