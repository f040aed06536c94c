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

            Write(path, RandomNumberGenerator.GetBytes(KeyEncryptionKey.KeyBytes));
        }

        return new(Read(path));
    }

    /// <summary>The key itself, to seal it.</summary>
    /// <exception cref="RefusedException"><c>settings.key-unreadable</c>.</exception>
    public static byte[] Read(string path)
    {
        var key = new byte[KeyEncryptionKey.KeyBytes + 1];
        return File.Exists(path) && Convert.TryFromBase64String(File.ReadAllText(path).Trim(), key, out var length) && length == KeyEncryptionKey.KeyBytes
            ? key[..length]
            : throw Refused.Invalid("settings.key-unreadable", $"{path} does not hold a key-encryption key: one line, 32 bytes in base64.");
    }

    /// <summary>Makes the file; there is none yet. It has its name only once it is whole.</summary>
    public static void Write(string path, ReadOnlySpan<byte> key)
    {
        var (folder, half) = (Path.GetDirectoryName(path)!, $"{path}.half");
        Directory.CreateDirectory(folder);
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var file = new FileStream(half, options))
        {
            using (var writer = new StreamWriter(file, leaveOpen: true))
            {
                writer.WriteLine(Convert.ToBase64String(key));
            }

            file.Flush(flushToDisk: true);
        }

        File.Move(half, path);
        OpenedStore.MakeDurable(folder);
    }
}
