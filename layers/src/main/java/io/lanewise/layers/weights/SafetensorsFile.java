package io.lanewise.layers.weights;

import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.layers.files.Quote;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What a safetensors file holds: named tensors in file order, and text metadata. The maps cannot be
 * changed; the tensors are the caller's own and are not copied.
 *
 * @param tensors name to tensor, in the order of the file's header
 * @param metadata free text by key, in the order of the file's header; empty if there is none
 */
public record SafetensorsFile(Map<String, Tensor> tensors, Map<String, String> metadata) {
  /** The most tensors a file may hold. */
  public static final int MAX_TENSORS = 100_000;

  /** The one name that no tensor may have: the format keeps it for the metadata. */
  static final String METADATA = "__metadata__";

  /**
   * Copies both maps, keeping their order.
   *
   * @throws IllegalArgumentException if there are too many tensors, if one is named {@code
   *     __metadata__}, or if a name, key or value is not Unicode text (has half a surrogate pair)
   */
  public SafetensorsFile {
    tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    if (tensors.size() > MAX_TENSORS) {
      throw new IllegalArgumentException(
          "expected at most " + MAX_TENSORS + " tensors, got " + tensors.size());
    }
    if (tensors.containsKey(METADATA)) {
      throw new IllegalArgumentException("no tensor may be named " + METADATA);
    }
    tensors.forEach(
        (name, tensor) -> {
          requireUnicode(name, "tensor name");
          Objects.requireNonNull(tensor, name);
        });
    metadata.forEach(
        (key, value) -> {
          requireUnicode(key, "metadata key");
          requireUnicode(value, "metadata value");
        });
  }

  /** Tensors without metadata. */
  public static SafetensorsFile of(Map<String, Tensor> tensors) {
    return new SafetensorsFile(tensors, Map.of());
  }

  /**
   * The tensor of that name.
   *
   * @throws IllegalArgumentException if there is none, listing some of the names there are
   */
  public Tensor tensor(String name) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException(
          "no tensor named "
              + Quote.of(name)
              + "; there are "
              + tensors.size()
              + ": "
              + String.join(", ", tensors.keySet().stream().limit(20).map(Quote::of).toList()));
    }
    return tensor;
  }

  private static void requireUnicode(String text, String what) {
    Objects.requireNonNull(text, what);
    if (!Quote.isUnicode(text)) {
      throw new IllegalArgumentException(what + " " + Quote.of(text) + " is not Unicode text");
    }
  }
}
