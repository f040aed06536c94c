using SkillBadges.Core.OneRoster.Files;

namespace SkillBadges.Core.OneRoster.Checking;

/// <summary>Which records a pack holds, in about forty bytes a record: three million enrollments are remembered, what they say is not.</summary>
internal sealed class PackIds
{
    private readonly Dictionary<string, HashSet<UInt128>> ids = RosterFiles.Checked.ToDictionary(file => file.Name, _ => new HashSet<UInt128>(), StringComparer.Ordinal);
    private readonly Dictionary<UInt128, string> types = [];
    private readonly Dictionary<(string File, UInt128 Id), UInt128> parents = [];

    public bool Add(RosterFile file, RosterKey key) => ids[file.Name].Add(key.Value);

    public bool Holds(string file, RosterKey key) => ids[file].Contains(key.Value);

    /// <summary>The type of an organization.</summary>
    public void SetType(RosterKey key, string type) => types[key.Value] = type;

    public string? TypeOf(RosterKey key) => types.GetValueOrDefault(key.Value);

    public void SetParent(RosterFile file, RosterKey child, RosterKey parent) => parents[(file.Name, child.Value)] = parent.Value;

    /// <summary>Whether a record is its own ancestor.</summary>
    public bool IsOwnAncestor(RosterFile file, RosterKey key)
    {
        var steps = 0;
        for (var at = key.Value; parents.TryGetValue((file.Name, at), out at) && steps < 100; steps++)
        {
            if (at == key.Value)
            {
                return true;
            }
        }

        return steps == 100;
    }
}
