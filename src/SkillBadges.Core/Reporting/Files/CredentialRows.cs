using System.Collections.Immutable;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Reporting.Programs;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Reporting.Files;

/// <summary>The rows of a credential file: for each learner and program of the period, one for each credential or examination, or one that names none.</summary>
internal sealed class CredentialRows(IDocumentStore store, StateFile file) : IStateRows
{
    private const string All = "all";

    private readonly LearnerCells cells = new(store, file);
    private readonly SortedDictionary<string, (HashSet<PersonId> Graduates, HashSet<PersonId> WithCredential)> counts = new(StringComparer.Ordinal);
    private EarnedReading? earnings;

    public ImmutableArray<CredentialCount> Counts => [.. counts.Select(pair => new CredentialCount(pair.Key, pair.Value.Graduates.Count, pair.Value.WithCredential.Count))];

    public async Task<IReadOnlyList<PersonId>> LearnersAsync(Organization school, CancellationToken cancellationToken)
    {
        var found = new HashSet<PersonId>();
        await foreach (var part in store.AllAsync(ProgramParticipationDocuments.Kind, ProgramParticipationDocuments.BySchool.Where(school.Id.Value), cancellationToken))
        {
            if (IsReported(part.Document))
            {
                found.Add(part.Document.Learner);
            }
        }

        return [.. found.OrderBy(learner => learner.Value, StringComparer.Ordinal)];
    }

    public async Task<IReadOnlyList<StateRowDraft>> OfAsync(Organization school, PersonId learner, CancellationToken cancellationToken)
    {
        var parts = new List<ProgramParticipation>();
        await foreach (var part in store.AllAsync(ProgramParticipationDocuments.Kind, ProgramParticipationDocuments.ByLearner.Where(learner.Value), cancellationToken))
        {
            if (part.Document.School == school.Id && IsReported(part.Document))
            {
                parts.Add(part.Document);
            }
        }

        earnings ??= new(store, (await SchoolsBelow.OfAsync(store, file.Terms.Organization, cancellationToken)).Select(one => one.Id).ToHashSet(), file.Terms.Until);
        var earned = await earnings.OfAsync(school, learner, cancellationToken);
        var graduated = LearnerCredentials.GraduatedIn(parts, file.Terms.From, file.Terms.Until).ToHashSet(StringComparer.Ordinal);
        var counts5S1 = earned.Any(one => one.Counts);
        foreach (var program in graduated.Count == 0 ? [] : graduated.Append(All))
        {
            Count(program, learner, counts5S1);
        }

        var about = await cells.OfAsync(school, learner, cancellationToken);
        var rows = new List<StateRowDraft>();
        foreach (var program in parts.GroupBy(part => part.Program).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            var last = program.OrderBy(part => part.Status).ThenBy(part => part.From).Last();
            var since = program.Where(part => part.Status != ProgramStatus.Participant).Select(part => (DateOnly?)part.From).Min();
            foreach (var one in earned.DefaultIfEmpty(null))
            {
                var row = about.Begin(learner, school.Id, one is null ? last.Id : $"{last.Id}:{one.Id}");
                rows.Add(row.Set(StateField.Program, program.Key).Set(StateField.ProgramKind, "cte-program").Set(StateField.ProgramStatus, last.Status.ToString().ToLowerInvariant())
                    .Set(StateField.From, FileCells.Of(last.From)).Set(StateField.Until, FileCells.Of(last.Until)).Set(StateField.ConcentratorSince, FileCells.Of(since))
                    .Set(StateField.GraduatedOn, FileCells.Of(program.Select(part => part.GraduatedOn).Max()))
                    .Set(StateField.Counts, graduated.Contains(program.Key) && counts5S1 ? "true" : "false").SetAll(CellsOf(one)));
            }
        }

        return rows;
    }

    private static IEnumerable<KeyValuePair<StateField, string>> CellsOf(EarnedCredential? one) => one is null
        ? []
        :
        [
            new(StateField.CredentialCode, one.Code),
            new(StateField.CredentialName, one.Recognized?.Name ?? ""),
            new(StateField.CredentialIssuer, one.Recognized?.Issuer ?? ""),
            new(StateField.CredentialPoints, FileCells.Of(one.Recognized?.Points)),
            new(StateField.EarnedOn, FileCells.Of(one.On)),
            new(StateField.CredentialBasis, one.Test is null ? "badge" : "test"),
            new(StateField.TestScore, one.Test?.Score ?? ""),
            new(StateField.Passed, one.Test is null ? "" : one.Test.Passed ? "true" : "false"),
            new(StateField.Recognized, one.Recognized is null ? "false" : "true"),
        ];

    private bool IsReported(ProgramParticipation part) => part.Kind == ProgramKind.CteProgram && part.IsWithin(file.Terms.From, file.Terms.Until);

    private void Count(string program, PersonId learner, bool counts5S1)
    {
        if (!counts.TryGetValue(program, out var sets))
        {
            counts[program] = sets = ([], []);
        }

        sets.Graduates.Add(learner);
        if (counts5S1)
        {
            sets.WithCredential.Add(learner);
        }
    }
}
