package io.lanewise.kernels.loss;

import io.lanewise.kernels.TestData;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * A loss with data, the same for every implementation, so that one test runs them all.
 *
 * @param inputs what gradients are by
 * @param planned how it is planned and run
 */
public record LossCase(String name, List<Tensor> inputs, Planned planned) {
  /** Plans. */
  @FunctionalInterface
  public interface Planned {
    Run plan(Losses losses, Reduction reduction);
  }

  /** A plan with whatever it reads beside the inputs. */
  public interface Run {
    Shape lossShape();

    WorkspaceSpec workspace();

    void forward(List<Tensor> inputs, Tensor loss, Workspace ws, Parallel par);

    void backward(
        List<Tensor> inputs, Tensor dloss, List<Tensor> gradients, Workspace ws, Parallel par);
  }

  @Override
  public String toString() {
    return name;
  }

  /** The loss of inputs. */
  static Tensor forward(Run run, List<Tensor> inputs, Parallel par) {
    Tensor loss = Tensor.zeros(run.lossShape()).fill(Float.NaN);
    run.forward(inputs, loss, TestData.workspace(run.workspace(), par), par);
    return loss;
  }

  /** The gradients. */
  static List<Tensor> backward(Run run, List<Tensor> inputs, Tensor dloss, Parallel par) {
    List<Tensor> gradients = new ArrayList<>();
    for (Tensor input : inputs) {
      gradients.add(Tensor.zeros(input.shape(), input.layout()).fill(Float.NaN));
    }
    run.backward(inputs, dloss, gradients, TestData.workspace(run.workspace(), par), par);
    return gradients;
  }

  private static Tensor data(Shape shape, int seed, float scale, float shift) {
    Tensor t = TestData.uniform(shape, seed);
    for (int i = 0; i < t.size(); i++) {
      t.array()[i] = t.array()[i] * scale + shift;
    }
    return t;
  }

  /** Values 0 and 1, times scale, and shifted. */
  private static Tensor sides(Shape shape, float scale, float shift) {
    Tensor t = TestData.uniform(shape, 9);
    for (int i = 0; i < t.size(); i++) {
      t.array()[i] = (t.array()[i] < 0 ? 0 : 1) * scale + shift;
    }
    return t;
  }

  /** Every loss of single elements. */
  static List<LossCase> points(Shape shape) {
    Tensor x = data(shape, 1, 3, 0);
    Tensor t = data(shape, 2, 3, 0);
    Tensor sides = sides(shape, 2, -1);
    Tensor probabilities = data(shape, 3, 0.25f, 0.5f);
    Tensor targets = data(shape, 4, 0.5f, 0.5f);
    List<LossCase> all = new ArrayList<>();
    all.add(of("mean squared error", x, t, Losses::meanSquaredError));
    all.add(of("mean absolute error", x, t, Losses::meanAbsoluteError));
    all.add(of("huber", x, t, (l, s, r) -> l.huber(s, 0.7, r)));
    all.add(of("smooth l1", x, t, (l, s, r) -> l.smoothL1(s, 0.3, r)));
    all.add(of("hinge", x, sides, (l, s, r) -> l.hinge(s, 1, r)));
    all.add(of("squared hinge", x, sides, (l, s, r) -> l.squaredHinge(s, 1, r)));
    all.add(of("binary cross-entropy", probabilities, targets, Losses::binaryCrossEntropy));
    all.add(
        of(
            "binary cross-entropy with logits",
            x,
            targets,
            (l, s, r) -> l.binaryCrossEntropyWithLogits(s, null, r)));
    Tensor weight = Tensor.of(Shape.of(1), 2.5f);
    all.add(
        of(
            "binary cross-entropy with logits, weight",
            x,
            targets,
            (l, s, r) -> l.binaryCrossEntropyWithLogits(s, weight, r)));
    all.add(of("kl", x, targets, (l, s, r) -> l.klDivergence(s, false, r)));
    all.add(of("kl of logarithms", x, t, (l, s, r) -> l.klDivergence(s, true, r)));
    all.add(of("focal", x, sides(shape, 1, 0), (l, s, r) -> l.focal(s, 0.25, 2, r)));
    return all;
  }

  /** Every loss over the classes of [n][classes].. */
  static List<LossCase> classes(Shape shape) {
    Tensor x = data(shape, 1, 4, 0);
    Tensor targets = data(shape, 4, 0.5f, 0.5f);
    int classes = shape.dim(1);
    int[] labels = TestData.labels(shape.size() / classes, classes, 5);
    for (int i = 1; i < labels.length; i += 5) {
      labels[i] = -100;
    }
    float[] weights = new float[classes];
    for (int c = 0; c < classes; c++) {
      weights[c] = 0.5f + c % 3;
    }
    List<LossCase> all = new ArrayList<>();
    for (Layout layout : Layout.values()) {
      LabelOptions plain = LabelOptions.DEFAULT.layout(layout);
      Tensor in = x.copy(layout);
      for (LabelOptions o : List.of(plain, plain.weights(weights).smoothing(0.1))) {
        all.add(ofLabels("cross-entropy", in, labels, (l, s, r) -> l.crossEntropy(s, o, r)));
        all.add(of("soft", in, targets.copy(layout), (l, s, r) -> l.softCrossEntropy(s, o, r)));
      }
      LabelOptions w = plain.weights(weights);
      all.add(ofLabels("nll", in, labels, (l, s, r) -> l.negativeLogLikelihood(s, w, r)));
      for (int p = 1; p <= 2; p++) {
        int power = p;
        all.add(ofLabels("hinge", in, labels, (l, s, r) -> l.multiClassHinge(s, 0.5, power, w, r)));
      }
    }
    Tensor a = data(shape, 6, 0.5f, 0.5f);
    all.add(of("dice", a, targets, (l, s, r) -> l.dice(s, 1, r)));
    all.add(of("jaccard", a, targets, (l, s, r) -> l.jaccard(s, 1, r)));
    all.add(of("tversky", a, targets, (l, s, r) -> l.tversky(s, 0.3, 0.7, 0, r)));
    float[] channels = weights.clone();
    all.add(
        of(
            "binary cross-entropy with logits, weights",
            x,
            targets,
            (l, s, r) ->
                l.binaryCrossEntropyWithLogits(s, Tensor.of(Shape.of(classes), channels), r)));
    return all;
  }

  /** Losses of pairs and triplets of rows. */
  static List<LossCase> rows(Shape shape) {
    Tensor a = data(shape, 1, 2, 0);
    Tensor b = data(shape, 2, 2, 0);
    Tensor c = data(shape, 3, 2, 0);
    int[] alike = new int[shape.dim(0)];
    for (int i = 0; i < alike.length; i++) {
      alike[i] = i % 2 == 0 ? 1 : -1;
    }
    return List.of(
        new LossCase(
            "cosine embedding " + shape,
            List.of(a, b),
            (l, r) -> cosine(l.cosineEmbedding(shape, -0.5, r), alike)),
        new LossCase(
            "triplet " + shape,
            List.of(a, b, c),
            (l, r) -> triplet(l.tripletMargin(shape, 0.5, false, r))),
        new LossCase(
            "triplet, swapped " + shape,
            List.of(a, b, c),
            (l, r) -> triplet(l.tripletMargin(shape, 0.5, true, r))));
  }

  private interface TensorPlan {
    TensorLoss of(Losses losses, Shape shape, Reduction reduction);
  }

  private interface LabelPlan {
    LabelLoss of(Losses losses, Shape shape, Reduction reduction);
  }

  private static LossCase of(String name, Tensor x, Tensor t, TensorPlan plan) {
    Planned planned =
        (losses, reduction) -> {
          TensorLoss loss = plan.of(losses, x.shape(), reduction);
          return new Run() {
            @Override
            public Shape lossShape() {
              return loss.lossShape();
            }

            @Override
            public WorkspaceSpec workspace() {
              return loss.workspace();
            }

            @Override
            public void forward(List<Tensor> in, Tensor out, Workspace ws, Parallel par) {
              loss.forward(in.get(0), t, out, ws, par);
            }

            @Override
            public void backward(
                List<Tensor> in, Tensor dloss, List<Tensor> out, Workspace ws, Parallel par) {
              loss.backward(in.get(0), t, dloss, out.get(0), ws, par);
            }
          };
        };
    return new LossCase(name + " " + x.shape() + " " + x.layout(), List.of(x), planned);
  }

  private static LossCase ofLabels(String name, Tensor x, int[] labels, LabelPlan plan) {
    Planned planned =
        (losses, reduction) -> {
          LabelLoss loss = plan.of(losses, x.shape(), reduction);
          return new Run() {
            @Override
            public Shape lossShape() {
              return loss.lossShape();
            }

            @Override
            public WorkspaceSpec workspace() {
              return loss.workspace();
            }

            @Override
            public void forward(List<Tensor> in, Tensor out, Workspace ws, Parallel par) {
              loss.forward(in.get(0), labels, out, ws, par);
            }

            @Override
            public void backward(
                List<Tensor> in, Tensor dloss, List<Tensor> out, Workspace ws, Parallel par) {
              loss.backward(in.get(0), labels, dloss, out.get(0), ws, par);
            }
          };
        };
    return new LossCase(name + " " + x.shape() + " " + x.layout(), List.of(x), planned);
  }

  private static Run cosine(CosineEmbeddingLoss loss, int[] alike) {
    return new Run() {
      @Override
      public Shape lossShape() {
        return loss.lossShape();
      }

      @Override
      public WorkspaceSpec workspace() {
        return loss.workspace();
      }

      @Override
      public void forward(List<Tensor> in, Tensor out, Workspace ws, Parallel par) {
        loss.forward(in.get(0), in.get(1), alike, out, ws, par);
      }

      @Override
      public void backward(
          List<Tensor> in, Tensor dloss, List<Tensor> out, Workspace ws, Parallel par) {
        loss.backward(in.get(0), in.get(1), alike, dloss, out.get(0), out.get(1), ws, par);
      }
    };
  }

  private static Run triplet(TripletLoss loss) {
    return new Run() {
      @Override
      public Shape lossShape() {
        return loss.lossShape();
      }

      @Override
      public WorkspaceSpec workspace() {
        return loss.workspace();
      }

      @Override
      public void forward(List<Tensor> in, Tensor out, Workspace ws, Parallel par) {
        loss.forward(in.get(0), in.get(1), in.get(2), out, ws, par);
      }

      @Override
      public void backward(
          List<Tensor> in, Tensor dloss, List<Tensor> out, Workspace ws, Parallel par) {
        loss.backward(
            in.get(0), in.get(1), in.get(2), dloss, out.get(0), out.get(1), out.get(2), ws, par);
      }
    };
  }

  /** Every loss on small shapes. */
  public static List<LossCase> small() {
    List<LossCase> all = new ArrayList<>(points(Shape.of(3, 7)));
    all.addAll(classes(Shape.of(2, 3, 5)));
    all.addAll(rows(Shape.of(4, 6)));
    return all;
  }

  /** Every loss on shapes around vectors, blocks and tasks. */
  static List<LossCase> all() {
    List<LossCase> all = new ArrayList<>();
    List.of(Shape.of(1), Shape.of(33), Shape.of(2, 1031), Shape.of(17_000), Shape.of(0))
        .forEach(s -> all.addAll(points(s)));
    List.of(
            Shape.of(1, 1),
            Shape.of(37, 5),
            Shape.of(2, 33),
            Shape.of(2, 3, 17),
            Shape.of(1, 21, 5, 7),
            Shape.of(0, 3),
            Shape.of(2, 2, 0))
        .forEach(s -> all.addAll(classes(s)));
    List.of(Shape.of(1, 1), Shape.of(5, 19), Shape.of(3, 1029), Shape.of(0, 4))
        .forEach(s -> all.addAll(rows(s)));
    return all;
  }
}
