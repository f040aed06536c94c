using System.Collections.Immutable;

namespace SkillBadges.Core.OneRoster.Files;

/// <summary><c>manifest.csv</c>: versions, and what is with each file.</summary>
internal static class PackManifest
{
    private const string File = "manifest.csv";
    private const int MaxText = 200;

    public static void Read(RosterPack pack, RosterFaults faults, out ImmutableDictionary<string, PackMode> modes, out string? systemName)
    {
        var found = ImmutableDictionary.CreateBuilder<string, PackMode>(StringComparer.Ordinal);
        var said = new Dictionary<string, string>(StringComparer.Ordinal);
        if (!pack.Holds("manifest"))
        {
            faults.Add(File, 0, null, "manifest.missing", "The pack has no manifest.csv at its root.");
        }
        else
        {
            ReadRows(pack, said, faults);
        }

        if (faults.Count == 0)
        {
            RequireVersion(said, "manifest.version", "1.0", faults);
            RequireVersion(said, "oneroster.version", "1.2", faults);
            foreach (var name in RosterFiles.Names)
            {
                found[name] = ModeOf(pack, name, said, faults);
            }
        }

        systemName = said.GetValueOrDefault("source.systemName");
        modes = found.ToImmutable();
    }

    private static void ReadRows(RosterPack pack, Dictionary<string, string> said, RosterFaults faults)
    {
        using var stream = pack.Read("manifest");
        var csv = new CsvFile(stream);
        try
        {
            if (!csv.Read() || csv.Cells is not ["propertyName", "value"])
            {
                faults.Add(File, 1, null, "manifest.header", "The header is propertyName,value.");
                return;
            }

            while (csv.Read())
            {
                if (csv.Cells is not [var property, var value])
                {
                    faults.Add(File, csv.Row, null, "csv.cells", "A row of the manifest has two cells.");
                }
                else if (!IsKnown(property))
                {
                    faults.Add(File, csv.Row, "propertyName", "manifest.property", "OneRoster 1.2 has no such property.");
                }
                else if (value.Length > MaxText || !said.TryAdd(property, value))
                {
                    faults.Add(File, csv.Row, "propertyName", "manifest.property-twice", "This property is given twice, or its value is too long.");
                }
                else if (property.StartsWith("file.", StringComparison.Ordinal) && value is not ("absent" or "bulk" or "delta"))
                {
                    faults.Add(File, csv.Row, "value", "manifest.mode", "A file is absent, bulk or delta.");
                }
            }
        }
        catch (CsvException fault)
        {
            faults.Add(File, fault.Row, fault.Column == 0 ? "propertyName" : "value", fault.Code, fault.Message);
        }
    }

    private static bool IsKnown(string property) => property is "manifest.version" or "oneroster.version" or "source.systemName" or "source.systemCode"
        || (property.StartsWith("file.", StringComparison.Ordinal) && RosterFiles.Names.Contains(property[5..]));

    private static void RequireVersion(Dictionary<string, string> said, string property, string version, RosterFaults faults)
    {
        if (said.GetValueOrDefault(property) != version)
        {
            faults.Add(File, 0, "value", "manifest.version", $"The manifest has to say {version} for {property}.");
        }
    }

    private static PackMode ModeOf(RosterPack pack, string name, Dictionary<string, string> said, RosterFaults faults)
    {
        if (!said.TryGetValue($"file.{name}", out var mode))
        {
            faults.Add(File, 0, "propertyName", "manifest.file-missing", $"The manifest does not say file.{name}.");
        }
        else if (mode == "absent" && pack.Holds(name))
        {
            faults.Add(File, 0, "value", "manifest.present", $"{name}.csv is said to be absent and is in the pack.");
        }
        else if (mode != "absent" && !pack.Holds(name))
        {
            faults.Add(File, 0, "value", "manifest.absent", $"{name}.csv is said to be {mode} and is not in the pack.");
        }

        return mode switch { "bulk" => PackMode.Bulk, "delta" => PackMode.Delta, _ => PackMode.Absent };
    }
}
