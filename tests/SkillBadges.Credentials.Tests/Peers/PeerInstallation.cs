using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

namespace SkillBadges.Credentials.Tests.Peers;

/// <summary>
/// The pinned packages of the peers, installed beside the binaries once from the lock file; nothing of them is in the repository.
/// </summary>
public static class PeerInstallation
{
    private static readonly string folder = Path.Combine(AppContext.BaseDirectory, "Peers");
    private static readonly Lock installing = new();

    public static bool IsPossible => IsOnPath("node") && IsOnPath("npm");

    /// <summary>Where a package's files are, once installed.</summary>
    public static string PackagePath(params string[] parts)
    {
        Install();
        return Path.Combine([folder, "node_modules", .. parts]);
    }

    public static void Install()
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

    /// <summary>Starts a program in the folder of the peers, with its input and output in our hands.</summary>
    public static Process Start(string program, params string[] arguments)
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

    public static bool IsOnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(directory => directory.Length > 0 && File.Exists(Path.Combine(directory, program)));
}
