package io.lanewise.layers.models;

import static io.lanewise.layers.Layers.avgPool2d;
import static io.lanewise.layers.Layers.conv2d;
import static io.lanewise.layers.Layers.flatten;
import static io.lanewise.layers.Layers.linear;
import static io.lanewise.layers.Layers.tanh;

import io.lanewise.kernels.tensor.Shape;
import io.lanewise.layers.Initializer;
import io.lanewise.layers.Sequential;

/**
 * LeNet-5 for 32x32 grey images (LeCun, Bottou, Bengio, Haffner, Gradient-based learning applied to
 * document recognition, Proc. IEEE 86(11), 1998, §II.B, fig. 2; layer names as there): two 5x5
 * convolutions with 2x2 average pools, three fully connected layers, tanh between; 61,706
 * parameters with ten classes. As everywhere today, C3 sees all of S2's maps, the pools have no
 * coefficients of their own, and the output is linear instead of a distance to fixed codes.
 */
public final class LeNet5 {
  /** Height and width of the input. */
  public static final int INPUT_SIZE = 32;

  private LeNet5() {}

  /** The network, not yet built. */
  public static Sequential create(int classes) {
    Initializer xavier = Initializer.xavierUniform();
    return Sequential.builder()
        .add("c1", conv2d(6, 5).initializer(xavier))
        .add("c1-tanh", tanh())
        .add("s2", avgPool2d(2))
        .add("c3", conv2d(16, 5).initializer(xavier))
        .add("c3-tanh", tanh())
        .add("s4", avgPool2d(2))
        .add("flatten", flatten())
        .add("c5", linear(120).initializer(xavier))
        .add("c5-tanh", tanh())
        .add("f6", linear(84).initializer(xavier))
        .add("f6-tanh", tanh())
        .add("output", linear(classes).initializer(xavier))
        .build();
  }

  /** Shape of a batch of inputs. */
  public static Shape inputShape(int n) {
    return Shape.of(n, 1, INPUT_SIZE, INPUT_SIZE);
  }
}
