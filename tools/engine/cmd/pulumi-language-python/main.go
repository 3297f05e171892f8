// Command pulumi-language-python is a small Python language host for the pulumi CLI that this module builds. The
// official host ships with Pulumi's releases only, not as a Go module. This one runs programs, dynamic providers'
// programs and policy packs; it installs nothing and generates no code.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/common/util/rpcutil"
	"github.com/pulumi/pulumi/sdk/v3/go/common/version"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc"
	"google.golang.org/protobuf/types/known/emptypb"
)

// bailExitCode is how pulumi-language-python-exec says that the user has seen the error already.
const bailExitCode = 32

func main() {
	// The engine passes these; they must parse, but every request names its root, and there is no tracing.
	flag.String("root", "", "")
	flag.String("tracing", "", "")
	flag.Parse()
	if err := serve(flag.Arg(0)); err != nil {
		fmt.Fprintln(os.Stderr, "pulumi-language-python:", err)
		os.Exit(1)
	}
}

// serve answers the engine until it is interrupted, or until the engine at that address is gone.
func serve(engineAddress string) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if engineAddress != "" {
		if err := rpcutil.Healthcheck(ctx, engineAddress, 10*time.Second, stop); err != nil {
			return err
		}
	}
	cancel := make(chan bool)
	go func() {
		<-ctx.Done()
		close(cancel)
	}()
	host := &host{engineAddress: engineAddress, context: ctx, stop: stop}
	handle, err := rpcutil.ServeWithOptions(rpcutil.ServeOptions{
		Cancel: cancel,
		Init: func(server *grpc.Server) error {
			pulumirpc.RegisterLanguageRuntimeServer(server, host)
			return nil
		},
	})
	if err != nil {
		return err
	}
	fmt.Println(handle.Port) // The engine reads the port from the first line, and passes on what follows.
	return <-handle.Done
}

type host struct {
	pulumirpc.UnimplementedLanguageRuntimeServer
	engineAddress string
	context       context.Context // ends when the engine cancels or is gone
	stop          context.CancelFunc
}

func (h *host) Handshake(
	_ context.Context, request *pulumirpc.LanguageHandshakeRequest,
) (*pulumirpc.LanguageHandshakeResponse, error) {
	h.engineAddress = request.EngineAddress
	return &pulumirpc.LanguageHandshakeResponse{}, nil
}

func (h *host) Cancel(context.Context, *emptypb.Empty) (*emptypb.Empty, error) {
	h.stop()
	return &emptypb.Empty{}, nil
}

func (h *host) GetPluginInfo(context.Context, *emptypb.Empty) (*pulumirpc.PluginInfo, error) {
	return &pulumirpc.PluginInfo{Version: version.Version}, nil
}

// GetRequiredPackages names none: dynamic providers live in the program's own virtual environment.
func (h *host) GetRequiredPackages(
	context.Context, *pulumirpc.GetRequiredPackagesRequest,
) (*pulumirpc.GetRequiredPackagesResponse, error) {
	return &pulumirpc.GetRequiredPackagesResponse{}, nil
}

func (h *host) GetRequiredPlugins(
	context.Context, *pulumirpc.GetRequiredPluginsRequest,
) (*pulumirpc.GetRequiredPluginsResponse, error) {
	return &pulumirpc.GetRequiredPluginsResponse{}, nil
}

// GetProgramDependencies, asked for by `pulumi about`, is left to `pip list`.
func (h *host) GetProgramDependencies(
	context.Context, *pulumirpc.GetProgramDependenciesRequest,
) (*pulumirpc.GetProgramDependenciesResponse, error) {
	return &pulumirpc.GetProgramDependenciesResponse{}, nil
}

func (h *host) About(_ context.Context, request *pulumirpc.AboutRequest) (*pulumirpc.AboutResponse, error) {
	interpreter, err := exec.LookPath(python(request.Info))
	if err != nil {
		return nil, err
	}
	output, err := exec.Command(interpreter, "-c", "import platform; print(platform.python_version())").Output()
	if err != nil {
		return nil, err
	}
	return &pulumirpc.AboutResponse{Executable: interpreter, Version: strings.TrimSpace(string(output))}, nil
}

// InstallDependencies only checks that there is an interpreter: which packages to install is the project's matter.
func (h *host) InstallDependencies(
	request *pulumirpc.InstallDependenciesRequest, stream pulumirpc.LanguageRuntime_InstallDependenciesServer,
) error {
	if _, err := exec.LookPath(python(request.Info)); err != nil {
		return fmt.Errorf("no Python environment: make it, and install the packages with pip: %w", err)
	}
	note := "This language host installs no packages: install them with pip.\n"
	return stream.Send(&pulumirpc.InstallDependenciesResponse{Stdout: []byte(note)})
}

func (h *host) Run(_ context.Context, request *pulumirpc.RunRequest) (*pulumirpc.RunResponse, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	// pulumi-language-python-exec wants JSON of the right kind: an empty object or list, never null.
	config, err := json.Marshal(orEmpty(request.Config))
	if err != nil {
		return nil, err
	}
	secretKeys, err := json.Marshal(append([]string{}, request.ConfigSecretKeys...))
	if err != nil {
		return nil, err
	}
	arguments := []string{
		"-u", filepath.Join(filepath.Dir(self), "pulumi-language-python-exec"),
		"--monitor", request.MonitorAddress,
		"--engine", h.engineAddress,
		"--project", request.Project,
		"--stack", request.Stack,
		"--organization", request.Organization,
		"--root_directory", request.Info.RootDirectory,
		"--pwd", request.Pwd,
		"--dry_run", fmt.Sprint(request.DryRun),
		"--parallel", fmt.Sprint(request.Parallel),
		request.Info.EntryPoint,
	}
	command := exec.CommandContext(h.context, python(request.Info), append(arguments, request.Args...)...)
	command.Env = append(os.Environ(), "PULUMI_CONFIG="+string(config), "PULUMI_CONFIG_SECRET_KEYS="+string(secretKeys))
	command.Stdout, command.Stderr = os.Stdout, os.Stderr
	err = command.Run()
	var exit *exec.ExitError
	switch {
	case err == nil:
		return &pulumirpc.RunResponse{}, nil
	case errors.As(err, &exit) && exit.ExitCode() == bailExitCode:
		return &pulumirpc.RunResponse{Bail: true}, nil
	case errors.As(err, &exit):
		return &pulumirpc.RunResponse{Error: fmt.Sprintf("Program exited with %v", exit)}, nil
	default:
		return &pulumirpc.RunResponse{Error: fmt.Sprintf("Cannot run %s: %v", command.Path, err)}, nil
	}
}

// RunPlugin runs a policy pack (an "analyzer"). What it prints reaches the engine, which expects its port there first.
func (h *host) RunPlugin(
	request *pulumirpc.RunPluginRequest, stream pulumirpc.LanguageRuntime_RunPluginServer,
) error {
	if request.Kind != "analyzer" {
		return fmt.Errorf("this language host runs policy packs only, not %s plugins", request.Kind)
	}
	closer, stdout, stderr, err := rpcutil.MakeRunPluginStreams(stream, false)
	if err != nil {
		return err
	}
	defer closer.Close()
	// request.Args is the engine's address; the module wants the pack's folder after it.
	arguments := append([]string{"-u", "-m", "pulumi.policy"}, request.Args...)
	arguments = append(arguments, request.Info.ProgramDirectory)
	command := exec.CommandContext(stream.Context(), python(request.Info), arguments...)
	command.Dir = request.Pwd
	command.Env = append(os.Environ(), request.Env...)
	command.Stdout, command.Stderr = stdout, stderr
	var exit *exec.ExitError
	if err := command.Run(); err != nil && !errors.As(err, &exit) {
		return err
	}
	code := &pulumirpc.RunPluginResponse_Exitcode{Exitcode: int32(command.ProcessState.ExitCode())}
	return stream.Send(&pulumirpc.RunPluginResponse{Output: code})
}

// python is the interpreter of the project's `virtualenv` option, else of the active environment, else python3.
func python(info *pulumirpc.ProgramInfo) string {
	environment := info.GetOptions().AsMap()["virtualenv"]
	if path, ok := environment.(string); ok && path != "" {
		if !filepath.IsAbs(path) {
			path = filepath.Join(info.RootDirectory, path)
		}
		return filepath.Join(path, "bin", "python")
	}
	if path := os.Getenv("VIRTUAL_ENV"); path != "" {
		return filepath.Join(path, "bin", "python")
	}
	return "python3"
}

func orEmpty(values map[string]string) map[string]string {
	if values == nil {
		return map[string]string{}
	}
	return values
}
