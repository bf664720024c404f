/**
 * Grandstand on a real Kubernetes control plane: API server, controllers and etcd as processes, with a kubelet played by
 * the tests, which starts a real media relay for each media pod.
 */
@NullMarked
package dev.grandstand.e2e.kubernetes;

import org.jspecify.annotations.NullMarked;
