package io.lanewise.propertytests.law;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.layers.Context;
import io.lanewise.layers.Parameter;
import io.lanewise.layers.Sequential;
import io.lanewise.propertytests.Trial;
import io.lanewise.propertytests.subject.NetworkCase;
import java.util.ArrayList;
import java.util.List;

/**
 * A network with its data.
 *
 * @param net the network
 * @param x its input
 * @param dy its output's gradient
 * @param parameters values in the network's order
 */
record NetworkData(NetworkCase net, Tensor x, Tensor dy, List<Tensor> parameters) {
  private static final int MOST_NONZEROS = 4; // of the weights that make an output

  /** What a forward and a backward pass give. */
  record Passes(Tensor y, Tensor dx, List<Tensor> gradients) {
    void requireSameBits(Trial trial, Passes got) {
      trial.sameBits("y", y, got.y);
      trial.sameBits("dx", dx, got.dx);
      for (int i = 0; i < gradients.size(); i++) {
        trial.sameBits("gradient of parameter " + i, gradients.get(i), got.gradients.get(i));
      }
    }

    void requireEqual(Trial trial, Passes got) {
      trial.equal("y", y, got.y);
      trial.equal("dx", dx, got.dx);
      for (int i = 0; i < gradients.size(); i++) {
        trial.equal("gradient of parameter " + i, gradients.get(i), got.gradients.get(i));
      }
    }
  }

  /**
   * Values that lean to the positive, so that little cancels and no ReLU is dead, with weights
   * whose sums over an output's inputs are about 1: nothing grows or vanishes over the layers.
   */
  static NetworkData leaning(NetworkCase net, Trial trial) {
    Sequential layers = net.build();
    List<Tensor> parameters = new ArrayList<>();
    for (Parameter p : layers.parameters()) {
      int rows = p.value().shape().dim(0);
      float scale = p.name().equals("bias") ? 0.5f : 2f * rows / p.value().size();
      parameters.add(lean(trial.floats(p.value().shape()), scale));
    }
    Tensor x = lean(trial.floats(net.input()), 1);
    return new NetworkData(net, x, lean(trial.floats(net.shapes().getLast()), 1), parameters);
  }

  private static Tensor lean(Tensor t, float scale) {
    return Elements.map(t, v -> scale * (0.25f + 0.5f * v));
  }

  /** Small whole numbers, few weights other than 0: all sums of small networks are exact. */
  static NetworkData wholeNumbers(NetworkCase net, Trial trial) {
    Sequential layers = net.build();
    List<Tensor> parameters = new ArrayList<>();
    for (Parameter p : layers.parameters()) {
      Tensor value = Tensor.zeros(p.value().shape());
      int rows = value.shape().dim(0);
      int row = value.size() / rows;
      for (int i = 0; i < rows * Math.min(row, MOST_NONZEROS); i++) {
        float one = trial.random().nextInt(4) == 0 ? -1 : 1;
        value.array()[i % rows * row + trial.random().nextInt(row)] = one;
      }
      parameters.add(value);
    }
    Tensor x = Elements.map(trial.integers(net.input()), v -> v < -1 ? -v : v);
    return new NetworkData(net, x, trial.integers(net.shapes().getLast()), parameters);
  }

  /** The same parameters on a part of the batch. */
  NetworkData images(int from, int to) {
    NetworkCase part = net.withBatch(to - from);
    return new NetworkData(part, x.slice(from, to), dy.slice(from, to), parameters);
  }

  /** A network with these parameters. */
  Sequential build() {
    Sequential layers = net.build();
    for (int i = 0; i < parameters.size(); i++) {
      layers.parameters().get(i).set(parameters.get(i));
    }
    return layers;
  }

  /** Both passes on one thread. */
  Passes run(Backend backend) {
    return run(backend, Parallel.SEQUENTIAL);
  }

  /** Both passes of a new network. */
  Passes run(Backend backend, Parallel parallel) {
    return run(build(), Context.training(backend, parallel));
  }

  /** Both passes; gradients are added to what the network has. */
  Passes run(Sequential layers, Context ctx) {
    Tensor y = layers.forward(x, ctx).copy();
    Tensor dx = layers.backward(dy, true, ctx).copy();
    List<Tensor> gradients = layers.parameters().stream().map(p -> p.grad().copy()).toList();
    return new Passes(y, dx, gradients);
  }

  /** The output alone. */
  Tensor forward(Backend backend) {
    return build().forward(x, Context.inference(backend, Parallel.SEQUENTIAL)).copy();
  }
}
