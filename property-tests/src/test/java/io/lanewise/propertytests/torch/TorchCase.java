package io.lanewise.propertytests.torch;

import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * One case: parameters, inputs, and what PyTorch makes of them in float64, rounded to float32. A
 * line has fields with {@code " | "} between them: the case's name, its operation's, and then
 *
 * <ul>
 *   <li>{@code key=value}, a parameter;
 *   <li>{@code in x [2,3] 2.0 0.5}, floats that a hash of case, name and index gives, times a scale
 *       and shifted;
 *   <li>{@code floats x [2] 1.0,-0.0} and {@code ints labels 1,0}, numbers as they stand there;
 *   <li>{@code out y [2,3] 1.2e-06}, a result, and how far from it ours may be; its numbers follow
 *       those of the outputs before in the family's file of floats.
 * </ul>
 */
final class TorchCase {
  /** A result to agree with. */
  record Output(Tensor expected, double within) {}

  private final String name;
  private final String op;
  private final Map<String, String> parameters = new LinkedHashMap<>();
  private final Map<String, Tensor> inputs = new LinkedHashMap<>();
  private final Map<String, int[]> ints = new LinkedHashMap<>();
  private final Map<String, Output> outputs = new LinkedHashMap<>();

  /** Reads a line, and the outputs' numbers. */
  TorchCase(String line, TorchNumbers numbers) {
    String[] fields = line.split(" \\| ", -1);
    this.name = fields[0];
    this.op = fields[1];
    for (String field : Arrays.asList(fields).subList(2, fields.length)) {
      String[] words = field.split(" ", -1);
      switch (words[0]) {
        case "in" -> inputs.put(words[1], hashed(words));
        case "floats" -> inputs.put(words[1], Tensor.of(shape(words[2]), floats(words, 3)));
        case "ints" -> ints.put(words[1], integers(words));
        case "out" -> outputs.put(words[1], output(words, numbers));
        default -> {
          int equals = field.indexOf('=');
          parameters.put(field.substring(0, equals), field.substring(equals + 1));
        }
      }
    }
  }

  private Tensor hashed(String[] words) {
    Tensor t = Tensor.zeros(shape(words[2]));
    CRC32 crc = new CRC32();
    crc.update((name + "/" + words[1]).getBytes(StandardCharsets.US_ASCII));
    hash((int) crc.getValue(), Float.parseFloat(words[3]), Float.parseFloat(words[4]), t);
    return t;
  }

  private static void hash(int salt, float scale, float shift, Tensor t) {
    for (int i = 0; i < t.size(); i++) {
      int h = i * (int) 2654435761L + salt;
      h ^= h >>> 15;
      h *= (int) 2246822519L;
      h ^= h >>> 13;
      t.array()[i] = ((h >>> 8) * 0x1p-24f - 0.5f) * scale + shift;
    }
  }

  private static Output output(String[] words, TorchNumbers numbers) {
    return new Output(numbers.next(shape(words[2])), Double.parseDouble(words[3]));
  }

  private static Shape shape(String text) {
    String inner = text.substring(1, text.length() - 1);
    return Shape.of(
        inner.isEmpty()
            ? new int[0]
            : Arrays.stream(inner.split(",", -1)).mapToInt(Integer::parseInt).toArray());
  }

  private static float[] floats(String[] words, int at) {
    if (words[at].isEmpty()) {
      return new float[0];
    }
    String[] texts = words[at].split(",", -1);
    float[] values = new float[texts.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = Float.parseFloat(texts[i]);
    }
    return values;
  }

  private static int[] integers(String[] words) {
    return words[2].isEmpty()
        ? new int[0]
        : Arrays.stream(words[2].split(",", -1)).mapToInt(Integer::parseInt).toArray();
  }

  /** Unique in its family. */
  String name() {
    return name;
  }

  /** The operation that computes it. */
  String op() {
    return op;
  }

  /** A parameter's text; null if it is not there. */
  String parameter(String key) {
    return parameters.get(key);
  }

  /** A copy of an input. */
  Tensor input(String key) {
    return require(inputs, key).copy();
  }

  /** Whether there is such an input. */
  boolean hasInput(String key) {
    return inputs.containsKey(key);
  }

  /** A copy of integers. */
  int[] integers(String key) {
    return require(ints, key).clone();
  }

  /** The results, by name. */
  Map<String, Output> outputs() {
    return outputs;
  }

  private <T> T require(Map<String, T> map, String key) {
    T value = map.get(key);
    if (value == null) {
      throw new IllegalArgumentException(
          name + " has no '" + key + "', it has " + String.join(", ", map.keySet()));
    }
    return value;
  }
}
