using System.Collections.Immutable;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Reporting.Programs;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Reporting.Yearly;

/// <summary>Counts a school year. What is counted are places in programs, so that rows add up: a learner in two programs, or at two schools, counts in each.</summary>
internal sealed class YearlyCounting(IDocumentStore store)
{
    public async Task<ImmutableArray<CountTable>> OfAsync(Organization organization, DateOnly from, DateOnly until, CancellationToken cancellationToken)
    {
        var schools = await SchoolsBelow.OfAsync(store, organization.Id, cancellationToken);
        var earnings = new EarnedReading(store, schools.Select(school => school.Id).ToHashSet(), until);
        var (places, graduates) = (new List<(string Id, string Name, int Above, IReadOnlyList<int> Counts)>(), new List<(string Id, string Name, int Above, IReadOnlyList<int> Counts)>());
        places.Add((organization.Id.Value, organization.Name, -1, [0, 0]));
        graduates.Add((organization.Id.Value, organization.Name, -1, [0, 0]));
        foreach (var school in schools)
        {
            var programs = await ProgramsAsync(school, from, until, earnings, cancellationToken);
            Add(places, school, programs, one => [one.Others, one.Concentrators]);
            Add(graduates, school, programs, one => [one.With, one.Without]);
        }

        return
        [
            CountTable.Of("program-places", ["other-participants", "concentrators"], places),
            CountTable.Of("graduated-concentrators", ["with-recognized-credential", "without"], graduates),
        ];
    }

    private sealed record Program(string Code, int Others, int Concentrators, int With, int Without);

    private static void Add(List<(string Id, string Name, int Above, IReadOnlyList<int> Counts)> rows, Organization school, List<Program> programs, Func<Program, int[]> counts)
    {
        var above = rows.Count;
        rows.Add((school.Id.Value, school.Name, 0, [0, 0]));
        rows.AddRange(programs.Select(program => ($"{school.Id.Value}/{program.Code}", program.Code, above, (IReadOnlyList<int>)counts(program))));
    }

    private async Task<List<Program>> ProgramsAsync(Organization school, DateOnly from, DateOnly until, EarnedReading earnings, CancellationToken cancellationToken)
    {
        var counted = new SortedDictionary<string, (int Others, int Concentrators, int With, int Without)>(StringComparer.Ordinal);
        foreach (var learner in await LearnersAsync(school, from, until, cancellationToken))
        {
            var graduated = LearnerCredentials.GraduatedIn(learner, from, until).ToHashSet(StringComparer.Ordinal);
            var has = graduated.Count > 0 && (await earnings.OfAsync(school, learner.Key, cancellationToken)).Any(one => one.Counts);
            foreach (var program in learner.GroupBy(part => part.Program, StringComparer.Ordinal))
            {
                var isConcentrator = program.Any(part => part.Status != ProgramStatus.Participant);
                var isGraduate = graduated.Contains(program.Key);
                var known = counted.GetValueOrDefault(program.Key);
                counted[program.Key] = (known.Others + (isConcentrator ? 0 : 1), known.Concentrators + (isConcentrator ? 1 : 0), known.With + (isGraduate && has ? 1 : 0), known.Without + (isGraduate && !has ? 1 : 0));
            }
        }

        return [.. counted.Select(pair => new Program(pair.Key, pair.Value.Others, pair.Value.Concentrators, pair.Value.With, pair.Value.Without))];
    }

    private async Task<IEnumerable<IGrouping<PersonId, ProgramParticipation>>> LearnersAsync(Organization school, DateOnly from, DateOnly until, CancellationToken cancellationToken)
    {
        var parts = new List<ProgramParticipation>();
        await foreach (var read in store.AllAsync(ProgramParticipationDocuments.Kind, ProgramParticipationDocuments.BySchool.Where(school.Id.Value), cancellationToken))
        {
            if (read.Document.Kind == ProgramKind.CteProgram && read.Document.IsWithin(from, until))
            {
                parts.Add(read.Document);
            }
        }

        return parts.GroupBy(part => part.Learner);
    }
}
