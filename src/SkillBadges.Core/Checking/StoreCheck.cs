using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Checking;

/// <summary>
/// Reads a whole store and says which invariant is broken, and where. It changes nothing. Best on a store that nobody writes to: what is written while it reads may show as a fault.
/// Memory grows by some tens of bytes for each decision and credential.
/// </summary>
public sealed class StoreCheck(IDocumentStore store, IWholeStore whole, IFileStore files)
{
    public async Task<CheckReport> RunAsync(CancellationToken cancellationToken)
    {
        await using var view = await whole.ViewAsync(cancellationToken);
        var findings = new Findings(view);
        foreach (var kind in AllDocumentKinds.OfCore)
        {
            await findings.ReadAllAsync(kind, cancellationToken);
        }

        if (findings.Found.Count > 0)
        {
            // The rules read documents by their paths, and would stumble over the same ones.
            return new(findings.Documents, 0, 0, 0, findings.Found);
        }

        await new DecisionCheck(store, findings).RunAsync(cancellationToken);
        await new AwardCheck(store, findings).RunAsync(cancellationToken);
        await new DerivedCheck(store, findings).RunAsync(cancellationToken);
        var credentials = new CredentialCheck(store, findings);
        await credentials.RunAsync(cancellationToken);
        var ledger = await new LedgerCheck(store, findings).RunAsync(cancellationToken);
        var read = await new FileCheck(files, findings).RunAsync(cancellationToken);
        await new DisclosureCheck(store, findings).RunAsync(cancellationToken);
        return new(findings.Documents, read, ledger.Entries, credentials.Credentials, findings.Found);
    }
}
