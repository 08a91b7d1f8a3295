package io.lanewise.layers;

/** Tells a layer that was never built from one that was. */
final class Built {
  private Built() {}

  static void require(Parameter weight, Layer layer) {
    if (weight == null) {
      throw new IllegalStateException(
          layer + " has no parameters yet: call build(inputShape, random) on the network first");
    }
  }
}
