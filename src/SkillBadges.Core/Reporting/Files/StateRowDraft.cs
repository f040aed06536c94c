using System.Collections.Immutable;
using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.Reporting.Files;

/// <summary>What is known for one row, before the columns of a layout are filled from it.</summary>
internal sealed class StateRowDraft(PersonId learner, OrganizationId keeper, string record)
{
    private readonly Dictionary<StateField, string> cells = [];
    private readonly List<(StateField? Field, string Code, string Message)> faults = [];

    public StateRowDraft Set(StateField field, string? text)
    {
        cells[field] = text ?? "";
        return this;
    }

    public StateRowDraft SetAll(IEnumerable<KeyValuePair<StateField, string>> known)
    {
        foreach (var (field, text) in known)
        {
            cells[field] = text;
        }

        return this;
    }

    public void Fault(StateField? field, string code, string message) => faults.Add((field, code, message));

    /// <summary>The row in the columns of a layout, and what is wrong with it there.</summary>
    public (StateRow Row, IEnumerable<StateFileFault> Faults) In(ImmutableArray<StateColumn> columns, long number)
    {
        var found = faults.Select(fault => new StateFileFault(number, columns.FirstOrDefault(column => column.Field == fault.Field)?.Header, fault.Code, fault.Message)).ToList();
        var row = ImmutableArray.CreateBuilder<string>(columns.Length);
        foreach (var column in columns)
        {
            var text = column.Field == StateField.Text ? column.Text! : cells.GetValueOrDefault(column.Field, "");
            if (column.Codes is { } codes && text.Length > 0 && !codes.TryGetValue(text, out text!))
            {
                text = "";
                found.Add(new(number, column.Header, "cell.no-code", "The layout has no code of the state for what stands here."));
            }
            else if (column.IsRequired && text.Length == 0 && column.Field != StateField.StateNumber && !found.Any(fault => fault.Column == column.Header))
            {
                found.Add(new(number, column.Header, "cell.required", "This cell must be filled."));
            }

            row.Add(text);
        }

        return (new(learner, keeper, record, row.ToImmutable()), found);
    }
}
