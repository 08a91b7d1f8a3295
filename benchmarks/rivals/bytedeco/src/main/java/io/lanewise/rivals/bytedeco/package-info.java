/** oneDNN, MKL and OpenBLAS, through the bindings of bytedeco. */
package io.lanewise.rivals.bytedeco;
