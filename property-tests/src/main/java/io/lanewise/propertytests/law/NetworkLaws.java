package io.lanewise.propertytests.law;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.reference.ReferenceBackend;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.layers.Context;
import io.lanewise.layers.Layer;
import io.lanewise.layers.Sequential;
import io.lanewise.propertytests.Law;
import io.lanewise.propertytests.Law.Statement;
import io.lanewise.propertytests.Trial;
import io.lanewise.propertytests.law.NetworkData.Passes;
import io.lanewise.propertytests.subject.NetworkCase;
import io.lanewise.propertytests.subject.NetworkSubject;
import java.util.ArrayList;
import java.util.List;

/** Laws of whole networks: what a run is, whoever computes it. */
public final class NetworkLaws {
  private static final String CHAIN = "one chain an element: kernels' MicroKernel";
  private static final String CONTRACT = "contract: Layer and Context";

  /** All of them. */
  public static final List<Law<NetworkCase>> ALL =
      List.of(
          law(
              "output-shape",
              "floor((in + 2p - d(k - 1) - 1) / s) + 1 positions, told before and seen after",
              "Dumoulin and Visin, A guide to convolution arithmetic for deep learning, 2016, §5.1",
              NetworkLaws::outputShape),
          law(
              "exact",
              "whole numbers: y, dx and all gradients exactly as in float64",
              "definition: the reference backend",
              NetworkLaws::exact),
          law(
              "batch-slice",
              "a part of the batch gives the bits it has in the whole",
              CHAIN,
              NetworkLaws::batchSlice),
          law(
              "batch-gradients",
              "gradients of a batch = the sum of its parts', exactly for whole numbers",
              "the gradient of a sum: Goodfellow, Bengio and Courville, Deep Learning, 2016, §5.9",
              NetworkLaws::batchGradients),
          law("threads", "the same bits on any team", CHAIN, NetworkLaws::threads),
          law(
              "repeat",
              "a second run in the same context gives the same bits",
              CONTRACT,
              NetworkLaws::repeat),
          law(
              "inference",
              "an inference context gives the training context's bits",
              CONTRACT,
              NetworkLaws::inference),
          law(
              "no-input-gradient",
              "gradients have the same bits if dx is not asked for",
              CONTRACT,
              NetworkLaws::noInputGradient),
          law(
              "other-parameters",
              "after a change of parameters, as if built with them",
              CONTRACT,
              NetworkLaws::otherParameters),
          law(
              "other-batch",
              "a context that ran another batch size gives the same bits",
              CONTRACT,
              NetworkLaws::otherBatch));

  private NetworkLaws() {}

  static Law<NetworkCase> law(
      String name, String formula, String source, Statement<NetworkCase> statement) {
    return new Law<>("network." + name, NetworkSubject.INSTANCE, formula, source, statement);
  }

  private static void outputShape(Backend backend, NetworkCase net, Trial trial) {
    NetworkData data = NetworkData.leaning(net, trial);
    Sequential layers = data.build();
    Context ctx = Context.training(backend, Parallel.SEQUENTIAL);
    List<Shape> told = new ArrayList<>(List.of(net.input()));
    List<Shape> seen = new ArrayList<>(List.of(net.input()));
    Tensor t = data.x();
    for (Layer layer : layers.layers()) {
      told.add(layer.outputShape(told.getLast()));
      t = layer.forward(t, ctx);
      seen.add(t.shape());
    }
    List<Shape> want = net.shapes();
    trial.require(told.equals(want), () -> "expected shapes " + want + ", told " + told);
    trial.require(seen.equals(want), () -> "expected shapes " + want + ", got " + seen);
    trial.require(
        layers.outputShape(net.input()).equals(want.getLast()), () -> "of the whole network");
    Shape dx = layers.backward(data.dy(), true, ctx).shape();
    trial.require(dx.equals(net.input()), () -> "expected dx " + net.input() + ", got " + dx);
  }

  private static void exact(Backend backend, NetworkCase any, Trial trial) {
    NetworkData data = NetworkData.wholeNumbers(any.withoutRounding(), trial);
    Passes want = data.run(new ReferenceBackend());
    trial.requireExact(ExactSums.greatest(data));
    trial.requireAlive(want.y());
    want.requireEqual(trial, data.run(backend));
  }

  private static void batchSlice(Backend backend, NetworkCase net, Trial trial) {
    NetworkData data = NetworkData.leaning(net, trial);
    int from = trial.random().nextInt(net.n() + 1);
    int to = trial.random().nextInt(from, net.n() + 1);
    Passes all = data.run(backend);
    Passes part = data.images(from, to).run(backend);
    trial.sameBits("y", all.y().slice(from, to), part.y());
    trial.sameBits("dx", all.dx().slice(from, to), part.dx());
  }

  private static void batchGradients(Backend backend, NetworkCase any, Trial trial) {
    NetworkData data = NetworkData.wholeNumbers(any.withoutRounding(), trial);
    trial.requireExact(ExactSums.greatest(data));
    int cut = trial.random().nextInt(any.n() + 1);
    Sequential layers = data.build();
    data.images(0, cut).run(layers, Context.training(backend, Parallel.SEQUENTIAL));
    NetworkData rest = data.images(cut, any.n());
    Passes sums = rest.run(layers, Context.training(backend, Parallel.SEQUENTIAL));
    Passes want = data.run(backend);
    for (int i = 0; i < want.gradients().size(); i++) {
      Tensor sum = sums.gradients().get(i);
      trial.equal("gradient of parameter " + i, want.gradients().get(i), sum);
    }
    trial.equal("y of the rest", want.y().slice(cut, any.n()), sums.y());
  }

  private static void threads(Backend backend, NetworkCase net, Trial trial) {
    NetworkData data = NetworkData.leaning(net, trial);
    data.run(backend).requireSameBits(trial, data.run(backend, trial.team()));
  }

  private static void repeat(Backend backend, NetworkCase net, Trial trial) {
    NetworkData data = NetworkData.leaning(net, trial);
    Sequential layers = data.build();
    Context ctx = Context.training(backend, Parallel.SEQUENTIAL);
    Passes first = data.run(layers, ctx);
    layers.zeroGrad();
    first.requireSameBits(trial, data.run(layers, ctx));
  }

  private static void inference(Backend backend, NetworkCase net, Trial trial) {
    NetworkData data = NetworkData.leaning(net, trial);
    trial.sameBits("y", data.run(backend).y(), data.forward(backend));
  }

  private static void noInputGradient(Backend backend, NetworkCase net, Trial trial) {
    NetworkData data = NetworkData.leaning(net, trial);
    Passes want = data.run(backend);
    Sequential layers = data.build();
    Context ctx = Context.training(backend, Parallel.SEQUENTIAL);
    trial.sameBits("y", want.y(), layers.forward(data.x(), ctx));
    Tensor dx = layers.backward(data.dy(), false, ctx);
    trial.require(dx == null, () -> "expected no dx, got " + dx);
    for (int i = 0; i < want.gradients().size(); i++) {
      Tensor gradient = layers.parameters().get(i).grad();
      trial.sameBits("gradient of parameter " + i, want.gradients().get(i), gradient);
    }
  }

  private static void otherParameters(Backend backend, NetworkCase net, Trial trial) {
    NetworkData before = NetworkData.leaning(net, trial);
    NetworkData after = NetworkData.leaning(net, trial);
    Sequential layers = before.build();
    Context ctx = Context.training(backend, Parallel.SEQUENTIAL);
    before.run(layers, ctx);
    for (int i = 0; i < after.parameters().size(); i++) {
      layers.parameters().get(i).set(after.parameters().get(i));
    }
    layers.zeroGrad();
    after.run(backend).requireSameBits(trial, after.run(layers, ctx));
  }

  private static void otherBatch(Backend backend, NetworkCase net, Trial trial) {
    NetworkData data = NetworkData.leaning(net, trial);
    NetworkCase more = net.withBatch(net.n() + 1 + trial.random().nextInt(3));
    NetworkData other = NetworkData.leaning(more, trial);
    Sequential layers = data.build();
    Context ctx = Context.training(backend, Parallel.SEQUENTIAL);
    other.run(layers, ctx);
    layers.zeroGrad();
    data.run(backend).requireSameBits(trial, data.run(layers, ctx));
  }
}
