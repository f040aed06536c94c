using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SkillBadges.Credentials.Tests.Peers;

/// <summary>
/// One Node process that holds the pinned peers and answers line by line. The packages are installed beside the test's
/// binaries once, from the lock file; nothing of them is in the repository.
/// </summary>
public sealed class PeerProcess : IDisposable
{
    private static readonly string folder = Path.Combine(AppContext.BaseDirectory, "Peers");
    private static readonly Lock installing = new();

    private readonly Lock talking = new();
    private Process? node;

    public static string? SkipReason =>
        Environment.GetEnvironmentVariable("CI") == "true" || (IsOnPath("node") && IsOnPath("npm"))
            ? null
            : "node and npm are not installed; the peers judge nothing here";

    /// <summary>Where a package's files are, once installed.</summary>
    public static string PackagePath(params string[] parts)
    {
        Install();
        return Path.Combine([folder, "node_modules", .. parts]);
    }

    /// <summary>Asks for one operation of operations.mjs; an error there is an exception here.</summary>
    public JsonObject Ask(JsonObject request)
    {
        lock (talking)
        {
            if (node is null)
            {
                Install();
                node = Start("node", ["peers.mjs"]);
            }

            node.StandardInput.WriteLine(request.ToJsonString());
            node.StandardInput.Flush();
            var line = node.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The peer process ended.");
            var answer = JsonNode.Parse(line, documentOptions: new JsonDocumentOptions { MaxDepth = 128 })!.AsObject();
            return answer["error"] is JsonValue error && answer.Count == 1
                ? throw new InvalidOperationException(error.GetValue<string>())
                : answer;
        }
    }

    public void Dispose()
    {
        if (node is null)
        {
            return;
        }

        node.StandardInput.Close();
        if (!node.WaitForExit(5000))
        {
            node.Kill();
        }

        node.Dispose();
    }

    private static void Install()
    {
        lock (installing)
        {
            var locked = Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(Path.Combine(folder, "package-lock.json"))));
            var marker = Path.Combine(folder, "node_modules", ".installed-from");
            if (File.Exists(marker) && File.ReadAllText(marker) == locked)
            {
                return;
            }

            using var npm = Start("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]);
            npm.StandardInput.Close();
            var errors = npm.StandardError.ReadToEndAsync();
            npm.StandardOutput.ReadToEnd();
            npm.WaitForExit();
            if (npm.ExitCode != 0)
            {
                throw new InvalidOperationException($"npm ci ended with {npm.ExitCode}: {errors.GetAwaiter().GetResult()}");
            }

            File.WriteAllText(marker, locked);
        }
    }

    private static Process Start(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = program == "npm",
            StandardInputEncoding = new UTF8Encoding(false),
            StandardOutputEncoding = new UTF8Encoding(false),
        };
        return Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
    }

    private static bool IsOnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(directory => directory.Length > 0 && File.Exists(Path.Combine(directory, program)));
}

[CollectionDefinition(Name)]
public sealed class PeerGroup : ICollectionFixture<PeerProcess>
{
    public const string Name = "peers";
}

[AttributeUsage(AttributeTargets.Method)]
internal sealed class PeerFactAttribute : FactAttribute
{
    public PeerFactAttribute() => Skip = PeerProcess.SkipReason;
}

[AttributeUsage(AttributeTargets.Method)]
internal sealed class PeerTheoryAttribute : TheoryAttribute
{
    public PeerTheoryAttribute() => Skip = PeerProcess.SkipReason;
}
