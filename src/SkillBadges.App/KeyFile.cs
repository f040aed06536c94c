using System.Security.Cryptography;
using SkillBadges.Core;

namespace SkillBadges.App;

/// <summary>The key-encryption key in its file: 32 bytes as one line of base64, readable by the owner alone.</summary>
internal static class KeyFile
{
    /// <summary>Reads the key. Makes one only while there is no data: data without its key must not be given another.</summary>
    /// <exception cref="RefusedException"><c>settings.key-missing</c> or <c>settings.key-unreadable</c>.</exception>
    public static KeyEncryptionKey Open(string path, bool dataExists)
    {
        if (!File.Exists(path))
        {
            if (dataExists)
            {
                throw Refused.Invalid("settings.key-missing", $"The data folder holds data, but its key-encryption key is not at {path}. Put the key back from its backup, or name its place with the setting keyFile.");
            }

            Create(path);
        }

        var key = new byte[KeyEncryptionKey.KeyBytes + 1];
        return Convert.TryFromBase64String(File.ReadAllText(path).Trim(), key, out var length) && length == KeyEncryptionKey.KeyBytes
            ? new(key.AsSpan(0, length))
            : throw Refused.Invalid("settings.key-unreadable", $"{path} does not hold a key-encryption key: one line, 32 bytes in base64.");
    }

    private static void Create(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var file = new FileStream(path, options);
        using (var writer = new StreamWriter(file, leaveOpen: true))
        {
            writer.WriteLine(Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyEncryptionKey.KeyBytes)));
        }

        file.Flush(flushToDisk: true);
    }
}
