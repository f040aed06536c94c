using System.Security.Cryptography;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Reporting.Teachers;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Reporting.Files;

/// <summary>Gathers the rows of a file, learner by learner, page by page: no more than a page is held in memory.</summary>
public sealed class StateFileMaking(IDocumentStore store, TeachersReading teachers)
{
    private const int PageRows = 250;

    /// <summary>Writes the pages of a file that is being made, and the file as it is then.</summary>
    /// <param name="read">The file, without pages.</param>
    /// <param name="office">The role in which it is asked for: must hold to the end.</param>
    /// <param name="cancellationToken">Stops between pages; what is written then is thrown away with the file.</param>
    public async Task<Read<StateFile>> FillAsync(Read<StateFile> read, Read<Membership> office, CancellationToken cancellationToken)
    {
        var file = read.Document;
        IStateRows source = file.Terms.Kind == StateFileKind.Credentials ? new CredentialRows(store, file) : new LinkRows(store, teachers, file);
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        digest.AppendData(StateCsv.Header(file.Columns));
        var (rows, faults) = (new List<StateRow>(), new List<StateFileFault>());
        foreach (var school in await SchoolsBelow.OfAsync(store, file.Terms.Organization, cancellationToken))
        {
            foreach (var learner in await source.LearnersAsync(school, cancellationToken))
            {
                var drafts = await source.OfAsync(school, learner, cancellationToken);
                foreach (var draft in drafts)
                {
                    // The header is row 1.
                    var (row, wrong) = draft.In(file.Columns, file.Rows + rows.Count + 2);
                    digest.AppendData(StateCsv.Row(row, file.Columns, ""));
                    rows.Add(row);
                    faults.AddRange(wrong);
                }

                file = drafts.Count == 0 ? file : file with { Learners = file.Learners + 1 };
                if (rows.Count >= PageRows)
                {
                    file = await WriteAsync(file, rows, faults, office, cancellationToken);
                }
            }
        }

        file = rows.Count == 0 ? file : await WriteAsync(file, rows, faults, office, cancellationToken);
        var made = file with { State = StateFileState.Made, Counts = source.Counts, Digest = Sha256Digest.FromBytes(digest.GetHashAndReset()) };
        await store.CommitAsync(new Changes().Require(MembershipDocuments.Kind, office).Replace(StateFileDocuments.Kind, read, made), cancellationToken);
        return read.Became(made);
    }

    private async Task<StateFile> WriteAsync(StateFile file, List<StateRow> rows, List<StateFileFault> faults, Read<Membership> office, CancellationToken cancellationToken)
    {
        var page = new StateFilePage(file.Id, file.Pages + 1, [.. rows], [.. faults]);
        await store.CommitAsync(new Changes().Require(MembershipDocuments.Kind, office).Add(StateFileDocuments.Pages, page), cancellationToken);
        rows.Clear();
        faults.Clear();
        return file with { Pages = page.Number, Rows = file.Rows + page.Rows.Length, Faults = file.Faults + page.Faults.Length };
    }
}
