using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using SkillBadges.Core;
using SkillBadges.Core.SignIn;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.SignIn;

/// <summary>Keeps Data Protection's keys in the store, sealed, so that cookies survive a restart and all nodes read them.</summary>
internal sealed class StoredProtectionKeys(IDocumentStore store, KeyEncryptionKey keyEncryption, TimeProvider clock) : IXmlRepository
{
    // The framework's interface is not asynchronous; it asks at start and once a day, outside of any request's context.
    public IReadOnlyCollection<XElement> GetAllElements() => Task.Run(ReadAsync).GetAwaiter().GetResult();

    public void StoreElement(XElement element, string friendlyName) => Task.Run(() => AddAsync(element)).GetAwaiter().GetResult();

    private async Task<List<XElement>> ReadAsync()
    {
        var elements = new List<XElement>();
        await foreach (var read in store.AllAsync(ProtectionKeyDocuments.Kind, ProtectionKeyDocuments.ByAge.Where(), CancellationToken.None))
        {
            elements.Add(XElement.Parse(Encoding.UTF8.GetString(keyEncryption.Open(read.Document.SealedElement, read.Document.Purpose))));
        }

        return elements;
    }

    private Task AddAsync(XElement element)
    {
        var now = clock.Now();
        var id = NewId.Ordered(now);
        var text = Encoding.UTF8.GetBytes(element.ToString(SaveOptions.DisableFormatting));
        return store.CommitAsync(
            new Changes().Add(ProtectionKeyDocuments.Kind, new(id, keyEncryption.Seal(text, ProtectionKey.PurposeOf(id)), now)),
            CancellationToken.None);
    }
}
