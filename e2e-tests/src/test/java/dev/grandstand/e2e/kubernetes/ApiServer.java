package dev.grandstand.e2e.kubernetes;

import dev.grandstand.e2e.cluster.Ports;
import dev.grandstand.e2e.cluster.ServiceProcess;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;

/**
 * A real Kubernetes control plane (1.20) on free ports of loopback: etcd, kube-apiserver and kube-controller-manager. RBAC
 * is on, and service accounts have real tokens. There is no scheduler and no kubelet: {@link TestKubelet} plays both for
 * media pods. 1.20 lacks {@code policy/v1}, {@code autoscaling/v2} and the deletion cost of pods.
 *
 * <p>Logs are in {@code target/kubernetes/<name>-<random>/}; everything ends with {@link #close}, or with this JVM.
 */
public final class ApiServer implements AutoCloseable {

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    /** Only for clients within a cluster, of which there are none; this address is nobody's (RFC 5737). */
    private static final String NOBODY = "192.0.2.1";

    private static final List<String> CONTROLLERS = List.of(
            "deployment",
            "replicaset",
            "statefulset",
            "garbagecollector",
            "disruption",
            "endpoint",
            "namespace",
            "job");

    private final Path folder;
    private final ControlPlanePrograms programs;
    private final URI uri;
    private final ServiceProcess etcd;
    private final ServiceProcess server;
    private final ServiceProcess controllers;
    private final Thread atExit = Thread.ofPlatform().unstarted(this::killAll);
    private final String adminToken = UUID.randomUUID().toString();
    private final Path adminConfig;
    private final KubernetesClient admin;

    private ApiServer(Path folder, ControlPlanePrograms programs) throws IOException {
        this.folder = folder;
        this.programs = programs;
        var ports = new Ports();
        var port = ports.next();
        uri = URI.create("https://127.0.0.1:" + port);
        var etcdUri = "http://127.0.0.1:" + ports.next();
        Runtime.getRuntime().addShutdownHook(atExit);
        try {
            adminConfig = kubeconfig("admin", adminToken, "default");
            etcd = etcd(etcdUri, "http://127.0.0.1:" + ports.next()).start();
            server = server(etcdUri, port).start();
            awaitCertificate();
            admin = client(adminConfig);
            server.awaitReady();
            controllers = controllers(ports.next()).start().awaitReady();
        } catch (IOException | RuntimeException e) {
            killAll();
            throw e;
        }
    }

    /**
     * Blocks until it is ready.
     *
     * @param name of the folder of logs
     */
    public static ApiServer start(String name) throws IOException {
        var programs = ControlPlanePrograms.provide();
        var all = Files.createDirectories(Path.of("target", "kubernetes").toAbsolutePath());
        return new ApiServer(Files.createTempDirectory(all, name + "-"), programs);
    }

    private ServiceProcess etcd(String clients, String peers) {
        return process(
                "etcd",
                () -> true,
                "--data-dir=" + folder.resolve("etcd"),
                "--listen-client-urls=" + clients,
                "--advertise-client-urls=" + clients,
                "--listen-peer-urls=" + peers,
                "--initial-advertise-peer-urls=" + peers,
                "--initial-cluster=default=" + peers);
    }

    private ServiceProcess server(String etcdUri, int port) throws IOException {
        var keys = ServerKeys.in(folder);
        var tokens = folder.resolve("tokens.csv");
        Files.writeString(tokens, adminToken + ",admin,admin,system:masters\n");
        return process(
                "kube-apiserver",
                this::isReady,
                "--etcd-servers=" + etcdUri,
                "--bind-address=127.0.0.1",
                "--secure-port=" + port,
                "--advertise-address=" + NOBODY,
                "--endpoint-reconciler-type=none",
                "--cert-dir=" + folder,
                "--token-auth-file=" + tokens,
                "--authorization-mode=RBAC",
                "--anonymous-auth=false",
                "--disable-admission-plugins=ServiceAccount",
                "--service-account-issuer=https://kubernetes.default.svc",
                "--service-account-signing-key-file=" + keys.signing(),
                "--service-account-key-file=" + keys.verifying(),
                "--service-cluster-ip-range=10.96.0.0/16",
                "--profiling=false");
    }

    private ServiceProcess controllers(int port) {
        return process(
                "kube-controller-manager",
                ServiceProcess.accepts(LOOPBACK, port),
                "--kubeconfig=" + adminConfig,
                "--controllers=" + String.join(",", CONTROLLERS),
                "--leader-elect=false",
                "--bind-address=127.0.0.1",
                "--port=0",
                "--secure-port=" + port,
                "--cert-dir=" + folder.resolve("controllers"),
                "--profiling=false");
    }

    private ServiceProcess process(String program, BooleanSupplier ready, String... options) {
        var command = new ArrayList<>(List.of(programs.program(program)));
        command.addAll(List.of(options));
        return new ServiceProcess(program, command, Map.of(), folder.resolve(program + ".log"), ready);
    }

    /** The server makes its certificate first of all, and clients have to trust it. */
    private void awaitCertificate() {
        Awaitility.await("the API server's certificate")
                .failFast("the API server ended, see " + server.log(), () -> !server.isAlive())
                .until(() -> Files.exists(certificate()) && Files.size(certificate()) > 0);
    }

    private Path certificate() {
        return folder.resolve("apiserver.crt");
    }

    private boolean isReady() {
        try {
            return "ok".equals(admin.raw("/readyz"));
        } catch (KubernetesClientException notYet) {
            return false;
        }
    }

    /** Where it is. */
    public URI uri() {
        return uri;
    }

    /** May do everything. */
    public KubernetesClient admin() {
        return admin;
    }

    /** For programs that shall be allowed everything. */
    public Path adminConfig() {
        return adminConfig;
    }

    /** How a service account's own processes reach the server: with a token that the server has issued for it. */
    public Path configOf(String namespace, String serviceAccount) throws IOException {
        var token = admin.serviceAccounts()
                .inNamespace(namespace)
                .withName(serviceAccount)
                .tokenRequest()
                .getStatus()
                .getToken();
        return kubeconfig(namespace + "-" + serviceAccount, token, namespace);
    }

    /** A client that the caller closes. */
    public static KubernetesClient client(Path config) throws IOException {
        return new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(Files.readString(config)))
                .build();
    }

    private Path kubeconfig(String name, String token, String namespace) throws IOException {
        var file = folder.resolve(name + ".kubeconfig");
        Files.writeString(file, """
                apiVersion: v1
                kind: Config
                clusters:
                  - name: test
                    cluster: { server: "%s", certificate-authority: "%s" }
                users:
                  - name: test
                    user: { token: "%s" }
                contexts:
                  - name: test
                    context: { cluster: test, user: test, namespace: "%s" }
                current-context: test
                """.formatted(uri, certificate(), token, namespace));
        return file;
    }

    /** The API server, to be killed and started again. */
    public ServiceProcess process() {
        return server;
    }

    /** Where this control plane's logs are, and whatever else belongs to it. */
    public Path folder() {
        return folder;
    }

    /** Ends everything; logs stay, etcd's data does not. */
    @Override
    public void close() throws IOException {
        admin.close();
        killAll();
        Runtime.getRuntime().removeShutdownHook(atExit);
        try (var files = Files.walk(folder.resolve("etcd"))) {
            for (var file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(file);
            }
        }
    }

    private void killAll() {
        for (var process : new ServiceProcess[] {controllers, server, etcd}) {
            if (process != null) {
                process.close();
            }
        }
    }
}
