using System.Globalization;
using System.Text;

namespace SkillBadges.Credentials.OpenBadges;

/// <summary>What a check found, and where it is just now, so that a fault can name its place.</summary>
internal sealed class FaultLog
{
    private PathStep[] path = new PathStep[16];
    private int depth;
    private readonly List<ValidationFault> faults = [];
    private readonly List<ValidationFault> notes = [];

    public IReadOnlyList<ValidationFault> Faults => faults;

    public IReadOnlyList<ValidationFault> Notes => notes;

    public bool IsFull => faults.Count >= ValidationReport.MaximumFaults;

    public void Enter(string member) => Enter(new PathStep(member, 0));

    public void Enter(int index) => Enter(new PathStep(null, index));

    public void Leave() => depth--;

    public void Fault(string code, string message) => Add(faults, code, message);

    public void Note(string code, string message) => Add(notes, code, message);

    private void Enter(PathStep step)
    {
        if (depth == path.Length)
        {
            Array.Resize(ref path, depth * 2);
        }

        path[depth++] = step;
    }

    private void Add(List<ValidationFault> to, string code, string message)
    {
        if (to.Count < ValidationReport.MaximumFaults)
        {
            to.Add(new ValidationFault(Pointer(), code, message));
        }
    }

    private string Pointer()
    {
        var pointer = new StringBuilder();
        foreach (var step in path.AsSpan(0, depth))
        {
            pointer.Append('/');
            if (step.Member is null)
            {
                pointer.Append(step.Index.ToString(CultureInfo.InvariantCulture));
            }
            else
            {
                pointer.Append(step.Member.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal));
            }
        }

        return pointer.ToString();
    }

    /// <summary>A member, or a place in an array.</summary>
    private readonly record struct PathStep(string? Member, int Index);
}
