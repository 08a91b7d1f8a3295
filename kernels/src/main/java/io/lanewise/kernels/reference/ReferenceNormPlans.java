package io.lanewise.kernels.reference;

import io.lanewise.kernels.activation.Activation;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.norm.BatchNorm;
import io.lanewise.kernels.norm.LengthNorm;
import io.lanewise.kernels.norm.Norm;
import io.lanewise.kernels.norm.RunningStatistics;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;

/** {@link ReferenceNorm} as plans. */
final class ReferenceNormPlans {
  private ReferenceNormPlans() {}

  record Plain(ReferenceNorm norm, Shape parameters, Shape statistics) implements Norm {
    @Override
    public Shape shape() {
      return norm.shape();
    }

    @Override
    public Layout layout() {
      return norm.layout();
    }

    @Override
    public boolean isCentred() {
      return norm.isCentred();
    }

    @Override
    public WorkspaceSpec workspace() {
      return WorkspaceSpec.NONE;
    }

    @Override
    public void forward(
        Tensor x,
        Tensor gamma,
        Tensor beta,
        Tensor y,
        Tensor mean,
        Tensor r,
        Workspace ws,
        Parallel par) {
      Norm.checkForward(this, x, gamma, beta, y, mean, r);
      if (x.size() > 0) {
        ReferenceNorm.copyTo(mean, norm.means(x));
        ReferenceNorm.copyTo(r, norm.scales(x));
        double[] v = norm.forward(x, gamma, beta);
        for (int e = 0; e < v.length; e++) {
          norm.set(y, e, v[e]);
        }
      }
    }

    @Override
    public void backward(
        Tensor x,
        Tensor gamma,
        Tensor mean,
        Tensor r,
        Tensor dy,
        Tensor dx,
        Tensor dgamma,
        Tensor dbeta,
        Workspace ws,
        Parallel par) {
      Norm.checkBackward(this, x, gamma, mean, r, dy, dx, dgamma, dbeta);
      double[] slopes = norm.slopes(x, gamma, null, dy, Activation.identity());
      norm.backward(x, gamma, slopes, dx, dgamma, dbeta);
    }
  }

  record Batch(ReferenceNorm norm, Activation activation) implements BatchNorm {
    @Override
    public Shape shape() {
      return norm.shape();
    }

    @Override
    public Layout layout() {
      return norm.layout();
    }

    @Override
    public double epsilon() {
      return norm.epsilon();
    }

    @Override
    public WorkspaceSpec workspace() {
      return WorkspaceSpec.NONE;
    }

    @Override
    public void forward(
        Tensor x,
        Tensor gamma,
        Tensor beta,
        RunningStatistics running,
        Tensor y,
        Tensor mean,
        Tensor r,
        Workspace ws,
        Parallel par) {
      BatchNorm.checkForward(this, x, gamma, beta, running, y, mean, r);
      if (x.size() == 0) {
        return;
      }
      if (running != null) {
        int m = x.size() / shape().dim(1);
        double[] variance = norm.squares(x);
        for (int c = 0; c < variance.length; c++) {
          variance[c] /= Math.max(1, m - 1);
        }
        follow(running.mean(), norm.means(x), running.momentum());
        follow(running.variance(), variance, running.momentum());
      }
      ReferenceNorm.copyTo(mean, norm.means(x));
      ReferenceNorm.copyTo(r, norm.scales(x));
      write(norm.forward(x, gamma, beta), y);
    }

    private static void follow(Tensor t, double[] newest, double momentum) {
      for (int c = 0; c < newest.length; c++) {
        t.set((float) ((1 - momentum) * t.get(c) + momentum * newest[c]), c);
      }
    }

    private void write(double[] v, Tensor y) {
      for (int e = 0; e < v.length; e++) {
        norm.set(y, e, ReferenceElementwise.activate(activation, v[e]));
      }
    }

    @Override
    public void infer(
        Tensor x,
        Tensor gamma,
        Tensor beta,
        Tensor mean,
        Tensor variance,
        Tensor y,
        Workspace ws,
        Parallel par) {
      BatchNorm.checkInfer(this, x, gamma, beta, mean, variance, y);
      write(inferred(x, gamma, beta, mean, variance), y);
    }

    private double[] inferred(Tensor x, Tensor gamma, Tensor beta, Tensor mean, Tensor variance) {
      double[] v = new double[x.size()];
      for (int e = 0; e < v.length; e++) {
        int c = norm.parameter().applyAsInt(e);
        double weight = ReferenceNorm.at(gamma, c, 1);
        v[e] =
            (norm.get(x, e) - mean.get(c)) / root(variance, c) * weight
                + ReferenceNorm.at(beta, c, 0);
      }
      return v;
    }

    private double root(Tensor variance, int c) {
      return Math.sqrt(variance.get(c) + norm.epsilon());
    }

    @Override
    public void inferBackward(
        Tensor x,
        Tensor gamma,
        Tensor beta,
        Tensor mean,
        Tensor variance,
        Tensor dy,
        Tensor dx,
        Tensor dgamma,
        Tensor dbeta,
        Workspace ws,
        Parallel par) {
      BatchNorm.checkInferBackward(this, x, gamma, beta, mean, variance, dy, dx, dgamma, dbeta);
      double[] slopes = norm.slopes(inferred(x, gamma, beta, mean, variance), dy, activation);
      double[] weights = new double[shape().dim(1)];
      double[] shifts = new double[shape().dim(1)];
      double[] out = new double[slopes.length];
      for (int e = 0; e < out.length; e++) {
        int c = norm.parameter().applyAsInt(e);
        double root = root(variance, c);
        weights[c] += slopes[e] * (norm.get(x, e) - mean.get(c)) / root;
        shifts[c] += slopes[e];
        out[e] = slopes[e] * ReferenceNorm.at(gamma, c, 1) / root;
      }
      for (int e = 0; e < out.length; e++) {
        norm.set(dx, e, out[e]);
      }
      ReferenceNorm.addTo(dgamma, weights);
      ReferenceNorm.addTo(dbeta, shifts);
    }

    @Override
    public void backward(
        Tensor x,
        Tensor gamma,
        Tensor beta,
        Tensor mean,
        Tensor r,
        Tensor dy,
        Tensor dx,
        Tensor dgamma,
        Tensor dbeta,
        Workspace ws,
        Parallel par) {
      BatchNorm.checkBackward(this, x, gamma, beta, mean, r, dy, dx, dgamma, dbeta);
      double[] slopes = norm.slopes(x, gamma, beta, dy, activation);
      norm.backward(x, gamma, slopes, dx, dgamma, dbeta);
    }
  }

  record Length(ReferenceNorm norm, int axis, Shape statistics) implements LengthNorm {
    @Override
    public Shape shape() {
      return norm.shape();
    }

    @Override
    public Layout layout() {
      return norm.layout();
    }

    @Override
    public WorkspaceSpec workspace() {
      return WorkspaceSpec.NONE;
    }

    @Override
    public void forward(Tensor x, Tensor y, Tensor r, Workspace ws, Parallel par) {
      LengthNorm.checkForward(this, x, y, r);
      if (x.size() == 0) {
        return;
      }
      ReferenceNorm.copyTo(r, norm.scales(x));
      double[] v = norm.forward(x, null, null);
      for (int e = 0; e < v.length; e++) {
        norm.set(y, e, v[e]);
      }
    }

    @Override
    public void backward(Tensor x, Tensor r, Tensor dy, Tensor dx, Workspace ws, Parallel par) {
      LengthNorm.checkBackward(this, x, r, dy, dx);
      double[] slopes = norm.slopes(x, null, null, dy, Activation.identity());
      norm.backward(x, null, slopes, dx, null, null);
    }
  }
}
