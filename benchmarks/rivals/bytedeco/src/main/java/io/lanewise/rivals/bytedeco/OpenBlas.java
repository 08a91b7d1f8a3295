package io.lanewise.rivals.bytedeco;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;

import io.lanewise.benchmarks.contender.Contender;
import io.lanewise.benchmarks.contender.Prepared;
import io.lanewise.benchmarks.contender.Task;
import io.lanewise.kernels.shape.GemmShape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas_nolapack;

/**
 * OpenBLAS on threads of its own: {@code cblas_sgemm}, which packs in every call, and for vectors
 * {@code cblas_sgemv}.
 */
public final class OpenBlas implements Contender {
  private static final String SGEMM = "sgemm";
  private static final String SGEMV = "sgemv";

  @Override
  public String name() {
    return "openblas";
  }

  @Override
  public String version() {
    // The binding's version is the library's, a dash and bytedeco's own.
    try {
      return Loader.getVersion("org.bytedeco", "openblas").replaceAll("-.*", "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public List<String> variants(Task task) {
    if (Products.isVector(task)) {
      return List.of(SGEMV, SGEMM);
    }
    return Products.isProduct(task) ? List.of(SGEMM) : List.of();
  }

  @Override
  public Prepared prepare(Task task, String variant, int threads) {
    openblas_nolapack.blas_set_num_threads(threads);
    Products p = new Products(task);
    return variant.equals(SGEMV) ? new Sgemv(p) : new Sgemm(p);
  }

  private record Sgemm(Products p) implements Prepared {
    @Override
    public void run() {
      GemmShape s = p.shape;
      openblas_nolapack.cblas_sgemm(
          CblasRowMajor,
          CblasNoTrans,
          s.transposeB() ? CblasTrans : CblasNoTrans,
          s.m(),
          s.n(),
          s.k(),
          1,
          p.a,
          s.k(),
          p.b,
          Products.ld(s.b()),
          0,
          p.c,
          s.n());
    }

    @Override
    public float[] output() {
      return p.result();
    }

    @Override
    public void close() {
      p.close();
    }
  }

  /** A·b, or for a row a, a·B as Bᵀ·aᵀ. */
  private record Sgemv(Products p) implements Prepared {
    @Override
    public void run() {
      GemmShape s = p.shape;
      if (s.n() == 1) {
        openblas_nolapack.cblas_sgemv(
            CblasRowMajor, CblasNoTrans, s.m(), s.k(), 1, p.a, s.k(), p.b, 1, 0, p.c, 1);
      } else {
        openblas_nolapack.cblas_sgemv(
            CblasRowMajor, CblasTrans, s.k(), s.n(), 1, p.b, s.n(), p.a, 1, 0, p.c, 1);
      }
    }

    @Override
    public float[] output() {
      return p.result();
    }

    @Override
    public void close() {
      p.close();
    }
  }
}
