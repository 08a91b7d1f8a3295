package io.lanewise.layers.models;

import io.lanewise.kernels.tensor.Shape;
import io.lanewise.layers.Sequential;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;

/** The networks that can be asked for by name. */
public final class Architectures {
  /**
   * One of them.
   *
   * @param name as in the weights file and on the command line
   * @param title as in its paper
   * @param input one input's shape, without batch
   * @param create makes the network for a number of classes, not yet built
   */
  public record Architecture(
      String name, String title, Shape input, IntFunction<Sequential> create) {}

  /** All of them. */
  public static final List<Architecture> ALL =
      List.of(
          new Architecture("lenet5", "LeNet-5", LeNet5.inputShape(1).dropFirst(), LeNet5::create));

  private Architectures() {}

  /**
   * Finds one; upper and lower case are the same.
   *
   * @throws IllegalArgumentException listing those that there are
   */
  public static Architecture byName(String name) {
    for (Architecture a : ALL) {
      if (a.name.equals(name.toLowerCase(Locale.ROOT))) {
        return a;
      }
    }
    throw new IllegalArgumentException(
        "unknown model '" + name + "'; there is: " + String.join(", ", names()));
  }

  /** Their names. */
  public static List<String> names() {
    return ALL.stream().map(Architecture::name).toList();
  }
}
