using System.Globalization;
using System.Runtime.InteropServices;
using SkillBadges.Credentials.Keys;

namespace SkillBadges.Benchmarks;

/// <summary>What the figures were measured on; without it they say nothing.</summary>
public static class Hardware
{
    public static void Print(TextWriter output)
    {
        var processor = File.Exists("/proc/cpuinfo")
            ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim()
            : null;
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1L << 30);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{processor ?? "unknown processor"}, {Environment.ProcessorCount} cores, {memory} GB, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}, Ed25519 by {KeyLibraries.Ed25519}"));
    }
}
